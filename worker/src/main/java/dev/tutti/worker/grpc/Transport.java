package dev.tutti.worker.grpc;

import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The Netty side of a server: the socket address, the kind of channel, and the event loop that
 * serves it.
 */
final class Transport implements AutoCloseable {
  private final SocketAddress address;
  private final Class<? extends ServerChannel> channel;
  private final MultiThreadIoEventLoopGroup loop;

  private Transport(
      SocketAddress address, Class<? extends ServerChannel> channel, IoHandlerFactory io) {
    this.address = address;
    this.channel = channel;
    this.loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("worker-io", true), io);
  }

  static Transport of(ListenAddress address) throws ListenException {
    if (address instanceof ListenAddress.Unix unix) {
      if (!Epoll.isAvailable()) {
        throw new ListenException(
            "unix:%s: this machine has no epoll for Unix sockets (%s); use tcp:127.0.0.1:0"
                .formatted(unix.path(), Epoll.unavailabilityCause()));
      }
      return new Transport(
          new DomainSocketAddress(unix.path().toString()),
          EpollServerDomainSocketChannel.class,
          EpollIoHandler.newFactory());
    }
    ListenAddress.Tcp tcp = (ListenAddress.Tcp) address;
    return new Transport(
        new InetSocketAddress(tcp.host(), tcp.port()),
        NioServerSocketChannel.class,
        NioIoHandler.newFactory());
  }

  NettyServerBuilder server() {
    return NettyServerBuilder.forAddress(address)
        .channelType(channel)
        .bossEventLoopGroup(loop)
        .workerEventLoopGroup(loop);
  }

  /** The address in the words of the handshake line. */
  static String describe(ListenAddress asked, SocketAddress bound) {
    if (asked instanceof ListenAddress.Tcp tcp && bound instanceof InetSocketAddress socket) {
      return tcp.host() + ":" + socket.getPort();
    }
    return "unix:" + ((ListenAddress.Unix) asked).path();
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
