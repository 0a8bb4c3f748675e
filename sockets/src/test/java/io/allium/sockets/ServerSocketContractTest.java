package io.allium.sockets;

import static io.allium.sockets.Contract.done;
import static io.allium.sockets.Contract.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.sockets.Contract.Change;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@link I2pServerSocket} does what that of the JDK does, method by method, or what its Javadoc says instead. */
class ServerSocketContractTest {
  private static final int SHORT = 20;
  private static final SocketAddress OTHER_KIND = new SocketAddress() {};

  /** What follows in a list of calls is done in its turn, so closing is too. */
  private static Callable<String> afterClose(Ends ends, Change<ServerSocket> change) {
    return () -> done(ends.closedServer(), change).call();
  }

  private static SocketAddress wildcard() {
    return new InetSocketAddress(0);
  }

  private static SocketAddress loopback() throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
  }

  /** No machine has it (RFC 5737). */
  private static SocketAddress foreign() throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 0);
  }

  private static Contract contract() {
    return new Contract()
        .same("accept()", ends -> {
          var client = ends.connected(ends.listener);
          return of(
              () -> ends.listener.accept().isConnected(),
              client::isConnected,
              () -> ends.freshServer().accept(),
              () -> {
                ServerSocket closing = ends.listening();
                FutureTask<String> accept = new FutureTask<>(() -> of(closing::accept));
                Thread.ofVirtual().name("acceptor").start(accept);
                closing.close();
                return accept.get();
              },
              () -> ends.closedServer().accept());
        })
        .same(
            "bind(SocketAddress)",
            ends -> of(
                done(ends.freshServer(), socket -> socket.bind(wildcard())),
                done(ends.freshServer(), socket -> socket.bind(loopback())),
                done(ends.freshServer(), socket -> socket.bind(foreign())),
                done(ends.freshServer(), socket -> socket.bind(null)),
                done(ends.freshServer(), socket -> socket.bind(OTHER_KIND)),
                done(ends.listener, socket -> socket.bind(wildcard())),
                afterClose(ends, socket -> socket.bind(wildcard()))))
        .same("bind(SocketAddress,int)", ends -> {
          SocketAddress taken = new InetSocketAddress(
              ((InetSocketAddress) loopback()).getAddress(), ends.listener.getLocalPort());
          return of(
              done(ends.freshServer(), socket -> socket.bind(wildcard(), 1)),
              done(ends.freshServer(), socket -> socket.bind(wildcard(), -1)),
              done(ends.freshServer(), socket -> socket.bind(taken, 1)));
        })
        .same(
            "close()",
            ends -> of(
                done(ends.listener, ServerSocket::close),
                done(ends.listener, ServerSocket::close),
                ends.listener::isClosed,
                ends.listener::isBound,
                done(ends.freshServer(), ServerSocket::close)))
        .same("getChannel()", ends -> of(ends.listener::getChannel))
        .differs(
            "getInetAddress()",
            "true null true",
            ends -> of(
                () -> ends.listener.getInetAddress().isAnyLocalAddress(),
                () -> ends.freshServer().getInetAddress(),
                () -> ends.closedServer().getInetAddress().isAnyLocalAddress()))
        .same(
            "getLocalPort()",
            ends -> of(
                () -> ends.listener.getLocalPort() > 0,
                () -> ends.freshServer().getLocalPort(),
                () -> ends.closedServer().getLocalPort() > 0))
        .differs(
            "getLocalSocketAddress()",
            "true null",
            ends -> of(
                () -> ((InetSocketAddress) ends.listener.getLocalSocketAddress()).isUnresolved(),
                () -> ends.freshServer().getLocalSocketAddress()))
        .same(
            "getOption(SocketOption)",
            ends -> of(
                () -> ends.listener.getOption(StandardSocketOptions.SO_REUSEADDR),
                () -> ends.listener.getOption(StandardSocketOptions.TCP_NODELAY),
                () -> ends.listener.getOption(null),
                () -> ends.closedServer().getOption(StandardSocketOptions.SO_REUSEADDR)))
        .same(
            "getReceiveBufferSize()",
            ends -> of(
                done(ends.listener, socket -> socket.setReceiveBufferSize(20_000)),
                ends.listener::getReceiveBufferSize,
                () -> ends.closedServer().getReceiveBufferSize()))
        .same(
            "getReuseAddress()",
            ends -> of(
                ends.listener::getReuseAddress,
                () -> ends.freshServer().getReuseAddress(),
                () -> ends.closedServer().getReuseAddress()))
        .same(
            "getSoTimeout()",
            ends -> of(
                ends.listener::getSoTimeout,
                done(ends.listener, socket -> socket.setSoTimeout(7)),
                ends.listener::getSoTimeout,
                () -> ends.closedServer().getSoTimeout()))
        .same(
            "isBound()",
            ends -> of(
                ends.listener::isBound,
                () -> ends.freshServer().isBound(),
                () -> ends.closedServer().isBound()))
        .same(
            "isClosed()",
            ends -> of(
                ends.listener::isClosed,
                () -> ends.freshServer().isClosed(),
                () -> ends.closedServer().isClosed()))
        .same(
            "setOption(SocketOption,Object)",
            ends -> of(
                () -> ends.listener
                    .setOption(StandardSocketOptions.SO_REUSEADDR, false)
                    .equals(ends.listener),
                ends.listener::getReuseAddress,
                () -> ends.listener.setOption(StandardSocketOptions.SO_LINGER, 1),
                () -> ends.listener.setOption(null, 1),
                () -> ends.closedServer().setOption(StandardSocketOptions.SO_REUSEADDR, true)))
        .same(
            "setPerformancePreferences(int,int,int)",
            ends -> of(
                done(ends.listener, socket -> socket.setPerformancePreferences(1, 2, 3)),
                afterClose(ends, socket -> socket.setPerformancePreferences(1, 2, 3))))
        .same(
            "setReceiveBufferSize(int)",
            ends -> of(
                done(ends.listener, socket -> socket.setReceiveBufferSize(9000)),
                done(ends.listener, socket -> socket.setReceiveBufferSize(0)),
                afterClose(ends, socket -> socket.setReceiveBufferSize(9000))))
        .same(
            "setReuseAddress(boolean)",
            ends -> of(
                done(ends.listener, socket -> socket.setReuseAddress(true)),
                afterClose(ends, socket -> socket.setReuseAddress(true))))
        .same(
            "setSoTimeout(int)",
            ends -> of(
                done(ends.listener, socket -> socket.setSoTimeout(SHORT)),
                ends.listener::accept,
                done(ends.listener, socket -> socket.setSoTimeout(0)),
                () -> ends.connected(ends.listener).isConnected(),
                () -> ends.listener.accept().isConnected(),
                done(ends.listener, socket -> socket.setSoTimeout(-1)),
                afterClose(ends, socket -> socket.setSoTimeout(SHORT))))
        .same(
            "supportedOptions()",
            ends -> of(
                () -> ends.listener.supportedOptions().contains(StandardSocketOptions.SO_RCVBUF),
                () -> ends.closedServer()
                    .supportedOptions()
                    .contains(StandardSocketOptions.SO_RCVBUF)))
        .differs(
            "toString()",
            "I2pServerSocket[unbound] true",
            ends ->
                of(ends.freshServer()::toString, () -> ends.listener.toString().length() < 80));
  }

  @TestFactory
  Stream<DynamicTest> everyMethod() {
    return contract().rows().stream()
        .map(row -> DynamicTest.dynamicTest(row.method(), () -> Contract.check(row)));
  }

  @Test
  void noMethodIsWithoutARow() {
    assertThat(contract().rows().stream().map(Contract.Row::method))
        .containsExactlyInAnyOrderElementsOf(Contract.methodsOf(ServerSocket.class));
  }

  @Test
  void nothingOfTheMachinesNetworkIsInherited() {
    assertThat(Contract.inherited(ServerSocket.class, I2pServerSocket.class)).isEmpty();
  }
}
