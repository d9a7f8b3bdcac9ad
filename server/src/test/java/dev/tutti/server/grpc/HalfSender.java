package dev.tutti.server.grpc;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A client that speaks HTTP/2 by hand and never finishes its messages. */
final class HalfSender implements AutoCloseable {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel connection;

  HalfSender(int port) throws InterruptedException {
    connection =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(Http2FrameCodecBuilder.forClient().build())
                        .addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                  }
                })
            .connect("127.0.0.1", port)
            .sync()
            .channel();
  }

  /** How a call ended. */
  record Ending(int code, String message) {}

  /**
   * Begins a message and sends a part of it.
   *
   * @param announced the length that its prefix says
   * @param sent how many of its bytes are sent
   * @return completes when the server ends the call
   */
  CompletableFuture<Ending> send(String method, int announced, int sent)
      throws InterruptedException {
    CompletableFuture<Ending> ending = new CompletableFuture<>();
    Http2StreamChannel stream =
        new Http2StreamChannelBootstrap(connection)
            .handler(new Answer(ending))
            .open()
            .syncUninterruptibly()
            .getNow();
    Http2Headers headers =
        new DefaultHttp2Headers()
            .method("POST")
            .scheme("http")
            .authority("localhost")
            .path("/" + method)
            .add("te", "trailers")
            .add("content-type", "application/grpc");
    stream.writeAndFlush(new DefaultHttp2HeadersFrame(headers, false));
    ByteBuf data = Unpooled.buffer(5 + sent);
    data.writeByte(0).writeInt(announced).writeZero(sent);
    stream.writeAndFlush(new DefaultHttp2DataFrame(data, false));
    return ending;
  }

  @Override
  public void close() {
    connection.close().syncUninterruptibly();
    group.shutdownGracefully();
  }

  private static final class Answer extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<Ending> ending;

    Answer(CompletableFuture<Ending> ending) {
      this.ending = ending;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      if (frame instanceof Http2HeadersFrame answer && answer.headers().contains("grpc-status")) {
        CharSequence message = answer.headers().get("grpc-message", "");
        ending.complete(
            new Ending(
                Integer.parseInt(answer.headers().get("grpc-status").toString()),
                URLDecoder.decode(message.toString(), StandardCharsets.UTF_8)));
      }
      ReferenceCountUtil.release(frame);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      ending.completeExceptionally(new IllegalStateException("cut off without a status"));
    }
  }
}
