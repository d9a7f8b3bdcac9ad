package dev.tutti.server.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tutti.server.grpc.call.AdminAccess;
import dev.tutti.server.grpc.call.AdminInterceptor;
import dev.tutti.v1.ModelServiceGrpc;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AdminInterceptorTest {
  private static final MethodDescriptor<?, ?> RELOAD = ModelServiceGrpc.getReloadModelBankMethod();

  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(AdminInterceptor.class);
  private final List<String> outcomes = new ArrayList<>();

  @BeforeEach
  void listen() {
    written.start();
    logger.addAppender(written);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(written);
  }

  @Test
  void whoChangesTheServerIsWrittenDown() {
    call(AdminAccess.LOCAL, "127.0.0.1", RELOAD);
    call(AdminAccess.LOCAL, "192.0.2.7", RELOAD);
    call(AdminAccess.OFF, "127.0.0.1", RELOAD);
    call(AdminAccess.ANY, "192.0.2.7", RELOAD);
    assertEquals(List.of("started", "PERMISSION_DENIED", "PERMISSION_DENIED", "started"), outcomes);
    String method = RELOAD.getFullMethodName();
    assertEquals(
        List.of(
            "/127.0.0.1:4000 called " + method + ": admitted.",
            "/192.0.2.7:4000 called " + method + ": refused.",
            "/127.0.0.1:4000 called " + method + ": refused.",
            "/192.0.2.7:4000 called " + method + ": admitted."),
        written.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
  }

  @Test
  void whoOnlyLooksIsNot() {
    call(AdminAccess.OFF, "192.0.2.7", ModelServiceGrpc.getListModelBanksMethod());
    assertEquals(List.of("started"), outcomes);
    assertTrue(written.list.isEmpty());
  }

  private <Q, A> void call(AdminAccess access, String caller, MethodDescriptor<Q, A> method) {
    new AdminInterceptor(access)
        .interceptCall(
            new Call<>(method, new InetSocketAddress(caller, 4000)),
            new Metadata(),
            (call, headers) -> {
              outcomes.add("started");
              return new ServerCall.Listener<>() {};
            });
  }

  /** A call that only remembers how it was closed. */
  private final class Call<Q, A> extends ServerCall<Q, A> {
    private final MethodDescriptor<Q, A> method;
    private final InetSocketAddress caller;

    Call(MethodDescriptor<Q, A> method, InetSocketAddress caller) {
      this.method = method;
      this.caller = caller;
    }

    @Override
    public Attributes getAttributes() {
      return Attributes.newBuilder().set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, caller).build();
    }

    @Override
    public void close(Status status, Metadata trailers) {
      outcomes.add(status.getCode().name());
    }

    @Override
    public MethodDescriptor<Q, A> getMethodDescriptor() {
      return method;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void request(int count) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(A message) {}
  }
}
