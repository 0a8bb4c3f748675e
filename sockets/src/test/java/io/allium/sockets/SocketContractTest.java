package io.allium.sockets;

import static io.allium.sockets.Contract.done;
import static io.allium.sockets.Contract.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.sockets.Contract.Change;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@link I2pSocket} does what a socket of the JDK does, method by method, or what its Javadoc says instead. */
class SocketContractTest {
  private static final int SHORT = 20;
  private static final Change<Socket> NOTHING = socket -> {};
  private static final SocketAddress OTHER_KIND = new SocketAddress() {};

  /** What follows in a list of calls is done in its turn, so closing is too. */
  private static Callable<String> afterClose(Ends ends, Change<Socket> change) {
    return () -> done(ends.closed(), change).call();
  }

  /** What a setter does, on an open and on a closed socket. */
  private static String set(Ends ends, Change<Socket> change, Change<Socket> invalid) {
    return of(done(ends.client, change), done(ends.client, invalid), afterClose(ends, change));
  }

  private static String get(Ends ends, Change<Socket> change, Callable<?> getter) {
    return of(done(ends.client, change), getter, afterClose(ends, NOTHING), getter);
  }

  private static SocketAddress wildcard() {
    return new InetSocketAddress(0);
  }

  private static Contract contract() {
    return new Contract()
        .same("bind(SocketAddress)", ends -> {
          Socket bound = ends.fresh();
          return of(
              done(bound, socket -> socket.bind(wildcard())),
              bound::isBound,
              bound::isConnected,
              done(bound, socket -> socket.bind(wildcard())),
              done(ends.fresh(), socket -> socket.bind(null)),
              done(ends.fresh(), socket -> socket.bind(OTHER_KIND)),
              done(ends.client, socket -> socket.bind(wildcard())),
              afterClose(ends, socket -> socket.bind(wildcard())));
        })
        .same("close()", ends -> {
          FutureTask<String> read =
              new FutureTask<>(() -> of(() -> ends.client.getInputStream().read()));
          Thread.ofVirtual().name("reader").start(read);
          return of(
              done(ends.client, Socket::close),
              done(ends.client, Socket::close),
              read::get,
              ends.client::isClosed,
              () -> ends.client.getInputStream(),
              () -> ends.server.getInputStream().read());
        })
        .same("connect(SocketAddress)", ends -> {
          SocketAddress there = ends.listener.getLocalSocketAddress();
          return of(
              done(ends.fresh(), socket -> socket.connect(there)),
              done(ends.client, socket -> socket.connect(there)),
              done(ends.fresh(), socket -> socket.connect(null)),
              done(ends.fresh(), socket -> socket.connect(OTHER_KIND)),
              done(ends.fresh(), socket -> socket.connect(ends.nobody())),
              done(ends.fresh(), socket -> socket.connect(ends.unknown())),
              afterClose(ends, socket -> socket.connect(there)));
        })
        .same("connect(SocketAddress,int)", ends -> {
          SocketAddress there = ends.listener.getLocalSocketAddress();
          Socket refused = ends.fresh();
          return of(
              done(ends.fresh(), socket -> socket.connect(there, 60_000)),
              done(ends.fresh(), socket -> socket.connect(there, -1)),
              done(refused, socket -> socket.connect(ends.nobody(), 60_000)),
              refused::isConnected,
              done(refused, socket -> socket.connect(there, 60_000)));
        })
        .same("getChannel()", ends -> of(ends.client::getChannel))
        .differs(
            "getInetAddress()",
            "true true null",
            ends -> of(
                () -> ends.client.getInetAddress().isMulticastAddress(),
                () -> ends.client.getInetAddress().getHostName().endsWith(".b32.i2p"),
                () -> ends.fresh().getInetAddress()))
        .same("getInputStream()", ends -> {
          ends.server.getOutputStream().write(new byte[] {1, 2, (byte) 255});
          return of(
              () -> ends.client.getInputStream().read(),
              () -> ends.client.getInputStream().readNBytes(2)[1],
              () -> ends.client.getInputStream().read(new byte[0]),
              () -> ends.client.getInputStream().read(new byte[1], 1, 1),
              done(ends.server, Socket::close),
              () -> ends.client.getInputStream().read(),
              () -> ends.client.getInputStream().available(),
              () -> ends.fresh().getInputStream());
        })
        .same(
            "getKeepAlive()",
            ends -> get(ends, socket -> socket.setKeepAlive(true), ends.client::getKeepAlive))
        .differs(
            "getLocalAddress()",
            "true true true",
            ends -> of(
                () -> ends.client.getLocalAddress().isAnyLocalAddress(),
                () -> ends.fresh().getLocalAddress().isAnyLocalAddress(),
                () -> ends.closed().getLocalAddress().isAnyLocalAddress()))
        .differs(
            "getLocalPort()",
            "true -1 -1",
            ends -> of(
                () -> ends.client.getLocalPort() >= 0,
                () -> ends.fresh().getLocalPort(),
                () -> ends.closed().getLocalPort()))
        .differs(
            "getLocalSocketAddress()",
            "true null",
            ends -> of(
                () -> ((InetSocketAddress) ends.client.getLocalSocketAddress()).isUnresolved(),
                () -> ends.fresh().getLocalSocketAddress()))
        .same(
            "getOOBInline()",
            ends -> get(ends, socket -> socket.setOOBInline(true), ends.client::getOOBInline))
        .same(
            "getOption(SocketOption)",
            ends -> of(
                () -> ends.client.getOption(StandardSocketOptions.SO_KEEPALIVE),
                () -> ends.client.getOption(ExtendedSocketOptions.TCP_KEEPIDLE),
                () -> ends.client.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL),
                () -> ends.client.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT),
                () -> ends.client.getOption(StandardSocketOptions.IP_MULTICAST_LOOP),
                () -> ends.client.getOption(null),
                () -> ends.closed().getOption(StandardSocketOptions.SO_KEEPALIVE)))
        .same("getOutputStream()", ends -> {
          OutputStream out = ends.client.getOutputStream();
          out.write(7);
          out.write(new byte[] {1, 2, 3}, 1, 2);
          out.flush();
          return of(
              () -> ends.server.getInputStream().readNBytes(3)[2],
              () -> ends.fresh().getOutputStream(),
              done(ends.client, socket -> out.close()),
              ends.client::isClosed,
              () -> ends.client.getOutputStream(),
              done(ends.client, socket -> out.write(1)));
        })
        .same(
            "getPort()",
            ends -> of(
                () -> ends.client.getPort() == ends.listener.getLocalPort(),
                () -> ends.fresh().getPort(),
                () -> ends.closed().getPort() == ends.listener.getLocalPort()))
        .same(
            "getReceiveBufferSize()",
            ends -> get(
                ends,
                socket -> socket.setReceiveBufferSize(20_000),
                ends.client::getReceiveBufferSize))
        .differs(
            "getRemoteSocketAddress()",
            "true true null",
            ends -> of(
                () -> ((InetSocketAddress) ends.client.getRemoteSocketAddress()).isUnresolved(),
                () -> ends.client
                    .getRemoteSocketAddress()
                    .equals(ends.listener.getLocalSocketAddress()),
                () -> ends.fresh().getRemoteSocketAddress()))
        .same(
            "getReuseAddress()",
            ends -> get(ends, socket -> socket.setReuseAddress(true), ends.client::getReuseAddress))
        .same(
            "getSendBufferSize()",
            ends -> get(
                ends, socket -> socket.setSendBufferSize(20_000), ends.client::getSendBufferSize))
        .same(
            "getSoLinger()",
            ends -> of(
                () -> ends.client.getSoLinger(),
                () -> get(
                    ends, socket -> socket.setSoLinger(true, 70_000), ends.client::getSoLinger)))
        .same(
            "getSoTimeout()",
            ends -> get(ends, socket -> socket.setSoTimeout(1234), ends.client::getSoTimeout))
        .same(
            "getTcpNoDelay()",
            ends -> get(ends, socket -> socket.setTcpNoDelay(true), ends.client::getTcpNoDelay))
        .same("getTrafficClass()", ends -> get(ends, NOTHING, ends.client::getTrafficClass))
        .same(
            "isBound()",
            ends -> of(
                ends.client::isBound, ends.fresh()::isBound, () -> ends.closed().isBound()))
        .same(
            "isClosed()",
            ends -> of(
                ends.client::isClosed,
                ends.fresh()::isClosed,
                () -> ends.closed().isClosed()))
        .same(
            "isConnected()",
            ends -> of(
                ends.client::isConnected,
                ends.fresh()::isConnected,
                () -> ends.closed().isConnected()))
        .same(
            "isInputShutdown()",
            ends -> of(
                ends.client::isInputShutdown,
                done(ends.client, Socket::shutdownInput),
                ends.client::isInputShutdown,
                () -> ends.closed().isInputShutdown()))
        .same(
            "isOutputShutdown()",
            ends -> of(
                ends.client::isOutputShutdown,
                done(ends.client, Socket::shutdownOutput),
                ends.client::isOutputShutdown,
                () -> ends.closed().isOutputShutdown()))
        .differs(
            "sendUrgentData(int)",
            "SocketException SocketException",
            ends -> of(
                done(ends.client, socket -> socket.sendUrgentData(1)),
                afterClose(ends, socket -> socket.sendUrgentData(1))))
        .same(
            "setKeepAlive(boolean)",
            ends -> set(ends, socket -> socket.setKeepAlive(true), NOTHING))
        .same(
            "setOOBInline(boolean)",
            ends -> set(ends, socket -> socket.setOOBInline(true), NOTHING))
        .same(
            "setOption(SocketOption,Object)",
            ends -> of(
                () -> ends.client
                    .setOption(StandardSocketOptions.TCP_NODELAY, true)
                    .equals(ends.client),
                ends.client::getTcpNoDelay,
                () -> ends.client.setOption(StandardSocketOptions.SO_RCVBUF, -1),
                () -> ends.client.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1),
                () -> ends.client.setOption(null, 1),
                () -> ends.closed().setOption(StandardSocketOptions.TCP_NODELAY, true)))
        .same(
            "setPerformancePreferences(int,int,int)",
            ends -> of(
                done(ends.client, socket -> socket.setPerformancePreferences(1, 2, 3)),
                afterClose(ends, socket -> socket.setPerformancePreferences(1, 2, 3))))
        .same(
            "setReceiveBufferSize(int)",
            ends -> set(
                ends,
                socket -> socket.setReceiveBufferSize(9000),
                socket -> socket.setReceiveBufferSize(0)))
        .same(
            "setReuseAddress(boolean)",
            ends -> set(ends, socket -> socket.setReuseAddress(true), NOTHING))
        .same(
            "setSendBufferSize(int)",
            ends -> set(
                ends,
                socket -> socket.setSendBufferSize(9000),
                socket -> socket.setSendBufferSize(0)))
        .same(
            "setSoLinger(boolean,int)",
            ends -> of(
                done(ends.client, socket -> socket.setSoLinger(true, -1)),
                done(ends.client, socket -> socket.setSoLinger(false, -7)),
                done(ends.client, socket -> socket.setSoLinger(true, 0)),
                afterClose(ends, socket -> socket.setSoLinger(true, 0)),
                () -> ends.server.getInputStream().read()))
        .same(
            "setSoTimeout(int)",
            ends -> of(
                done(ends.client, socket -> socket.setSoTimeout(SHORT)),
                () -> ends.client.getInputStream().read(),
                done(ends.server, socket -> socket.getOutputStream().write(5)),
                done(ends.client, socket -> socket.setSoTimeout(0)),
                () -> ends.client.getInputStream().read(),
                done(ends.client, socket -> socket.setSoTimeout(-1)),
                afterClose(ends, socket -> socket.setSoTimeout(SHORT))))
        .same(
            "setTcpNoDelay(boolean)",
            ends -> set(ends, socket -> socket.setTcpNoDelay(true), NOTHING))
        .same(
            "setTrafficClass(int)",
            ends -> set(
                ends, socket -> socket.setTrafficClass(8), socket -> socket.setTrafficClass(256)))
        .same("shutdownInput()", ends -> {
          var in = ends.client.getInputStream();
          return of(
              done(ends.fresh(), Socket::shutdownInput),
              done(ends.client, Socket::shutdownInput),
              in::read,
              in::available,
              () -> ends.client.getInputStream(),
              done(ends.client, Socket::shutdownInput),
              done(ends.client, socket -> socket.getOutputStream().write(3)),
              () -> ends.server.getInputStream().read(),
              afterClose(ends, Socket::shutdownInput));
        })
        .same("shutdownOutput()", ends -> {
          OutputStream out = ends.client.getOutputStream();
          return of(
              done(ends.fresh(), Socket::shutdownOutput),
              done(ends.client, Socket::shutdownOutput),
              () -> ends.server.getInputStream().read(),
              done(ends.client, socket -> out.write(1)),
              () -> ends.client.getOutputStream(),
              done(ends.client, Socket::shutdownOutput),
              done(ends.server, socket -> socket.getOutputStream().write(4)),
              () -> ends.client.getInputStream().read(),
              afterClose(ends, Socket::shutdownOutput));
        })
        .same(
            "supportedOptions()",
            ends -> of(
                () -> ends.client.supportedOptions().contains(StandardSocketOptions.SO_LINGER),
                () -> ends.closed().supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)))
        .differs(
            "toString()",
            "I2pSocket[unconnected] true",
            ends -> of(ends.fresh()::toString, () -> ends.client.toString().length() < 80));
  }

  @TestFactory
  Stream<DynamicTest> everyMethod() {
    return contract().rows().stream()
        .map(row -> DynamicTest.dynamicTest(row.method(), () -> Contract.check(row)));
  }

  /** JDKs before 24 leave it open, although nothing can be done with it any more. */
  @Test
  void aSocketThatFailedToConnectIsClosed() throws Exception {
    try (Ends ends = Ends.ofI2p()) {
      Socket refused = ends.fresh();
      assertThat(of(done(refused, socket -> socket.connect(ends.nobody()))))
          .isEqualTo("ConnectException");
      assertThat(refused.isClosed()).isTrue();
    }
  }

  @Test
  void noMethodIsWithoutARow() {
    assertThat(contract().rows().stream().map(Contract.Row::method))
        .containsExactlyInAnyOrderElementsOf(Contract.methodsOf(Socket.class));
  }

  @Test
  void nothingOfTheMachinesNetworkIsInherited() {
    assertThat(Contract.inherited(Socket.class, I2pSocket.class)).isEmpty();
  }

  @Test
  void noAddressOfAMachineIsEverAPeer() throws Exception {
    try (Ends ends = Ends.ofI2p();
        Ends tcp = Ends.ofTheJdk()) {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      int port = tcp.listener.getLocalPort();
      for (SocketAddress peer : new SocketAddress[] {
        new InetSocketAddress(loopback, port),
        InetSocketAddress.createUnresolved("127.0.0.1", port),
        InetSocketAddress.createUnresolved("2130706433", port),
        InetSocketAddress.createUnresolved("[::1]", port),
        InetSocketAddress.createUnresolved("localhost", port),
        InetSocketAddress.createUnresolved("example.com", port)
      }) {
        assertThat(of(done(ends.fresh(), socket -> socket.connect(peer))))
            .as(peer.toString())
            .isIn("SocketException", "UnknownHostException");
      }
    }
  }
}
