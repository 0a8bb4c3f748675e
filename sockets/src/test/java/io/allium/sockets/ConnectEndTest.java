package io.allium.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.ListenOptions;
import io.allium.memory.MemoryNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connect whose peer never answers, and what ends it. */
class ConnectEndTest {
  private final MemoryNetwork network = MemoryNetwork.builder().manualClock().build();
  private I2p i2p;
  private I2pSession server;
  private I2pAcceptor mute;
  private Socket socket;
  private volatile boolean interrupted;

  @SuppressWarnings("NullAway.Init") // open() sets all before any test
  ConnectEndTest() {}

  @BeforeEach
  void open() throws IOException {
    i2p = I2p.connect(network.router("laptop"));
    server = i2p.open();
    mute = server.listen(ListenOptions.builder().answerOnAccept(true).build());
    socket = new I2pSocketFactory(i2p.open()).createSocket();
  }

  @AfterEach
  void close() {
    mute.close();
    i2p.close(Duration.ZERO);
    network.close();
  }

  private FutureTask<Throwable> connect(int timeout) {
    var there = InetSocketAddress.createUnresolved(server.destination().base32().text(), 0);
    return new FutureTask<>(() -> {
      Throwable failure = catchThrowable(() -> socket.connect(there, timeout));
      interrupted = Thread.currentThread().isInterrupted();
      return failure;
    });
  }

  private Thread startAndAwaitOffer(FutureTask<Throwable> connect) {
    Thread thread = Thread.ofVirtual().name("connecting").start(connect);
    while (server.status().waiting() == 0) {
      Thread.onSpinWait();
    }
    return thread;
  }

  private void assertKind(Throwable failure, ErrorKind kind) {
    assertThat(failure)
        .cause()
        .isInstanceOfSatisfying(
            I2pException.class, cause -> assertThat(cause.kind()).isEqualTo(kind));
    assertThat(socket.isClosed()).isTrue();
  }

  @Test
  void closingTheSocketEndsItAndInterruptsNobody() throws Exception {
    FutureTask<Throwable> connect = connect(0);
    startAndAwaitOffer(connect);
    socket.close();
    assertThat(connect.get())
        .isExactlyInstanceOf(SocketException.class)
        .hasMessage("Socket closed");
    assertThat(interrupted).isFalse();
  }

  @Test
  void anInterruptEndsItAndIsKept() throws Exception {
    FutureTask<Throwable> connect = connect(0);
    startAndAwaitOffer(connect).interrupt();
    assertThat(connect.get()).isExactlyInstanceOf(SocketException.class);
    assertKind(connect.get(), ErrorKind.INTERRUPTED);
    assertThat(interrupted).isTrue();
  }

  @Test
  void itsTimeEndsIt() throws Exception {
    FutureTask<Throwable> connect = connect(1000);
    startAndAwaitOffer(connect);
    network.advance(Duration.ofSeconds(1));
    assertThat(connect.get()).isExactlyInstanceOf(SocketTimeoutException.class);
    assertKind(connect.get(), ErrorKind.TIMEOUT);
  }
}
