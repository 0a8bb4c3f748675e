package io.allium.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.Capability;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.memory.MemoryNetwork;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForwardTest {
  private static final long LIMIT_SECONDS = 20;

  private final MemoryNetwork network = MemoryNetwork.create();
  private I2p i2p;
  private I2pSession client;
  private I2pSession server;
  private ServerSocket service;

  @BeforeEach
  void open() throws IOException {
    i2p = I2p.connect(network.uri());
    client = i2p.open();
    server = i2p.open();
    service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    service.close();
    i2p.close();
    network.close();
  }

  private InetSocketAddress target() {
    return (InetSocketAddress) service.getLocalSocketAddress();
  }

  private I2pAddress peer() {
    return I2pAddress.of(server.destination(), 0);
  }

  private static Socket dial(ClientForward forward) throws IOException {
    Socket socket = new Socket();
    socket.connect(forward.localAddress());
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    return socket;
  }

  private static <T> T get(FutureTask<T> task) throws Exception {
    return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static <T> FutureTask<T> async(Callable<T> body) {
    FutureTask<T> task = new FutureTask<>(body);
    Thread.ofVirtual().start(task);
    return task;
  }

  @Test
  void bytesAndTheEndOfADirectionGoThroughBothForwards() throws Exception {
    byte[] question = new byte[300_000];
    new Random(5).nextBytes(question);
    try (ServerForward there = ServerForward.open(server, 0, target());
        ClientForward here = ClientForward.open(client, there.address());
        Socket local = dial(here)) {
      FutureTask<byte[]> asked = async(() -> {
        try (Socket remote = service.accept()) {
          byte[] all = remote.getInputStream().readAllBytes();
          remote.getOutputStream().write("answer".getBytes(StandardCharsets.US_ASCII));
          return all;
        }
      });
      local.getOutputStream().write(question);
      local.shutdownOutput();
      assertThat(get(asked)).isEqualTo(question);
      assertThat(local.getInputStream().readAllBytes()).asString().isEqualTo("answer");
    }
  }

  @Test
  void aProgramReadsFirstAndThenLetsThrough() throws Exception {
    try (I2pAcceptor acceptor = server.listen(0);
        Socket guest = new Socket()) {
      guest.connect(target());
      guest.setSoTimeout((int) TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
      guest.getOutputStream().write("!ask".getBytes(StandardCharsets.US_ASCII));
      guest.shutdownOutput();
      Socket inside = service.accept();
      assertThat(inside.getInputStream().read()).isEqualTo('!');
      I2pStream ours = client.connect(peer());
      FutureTask<Boolean> relay = async(() -> {
        Relay.carry(inside, ours);
        return true;
      });
      try (I2pStream theirs = acceptor.accept()) {
        assertThat(theirs.input().readAllBytes()).asString().isEqualTo("ask");
        theirs.output().write('a');
      }
      assertThat(guest.getInputStream().readAllBytes()).asString().isEqualTo("a");
      assertThat(get(relay)).isTrue();
      assertThat(inside.isClosed()).isTrue();
    }
  }

  @Test
  void withoutHalfCloseTheAnswerStillComes() throws Exception {
    try (MemoryNetwork poor =
            MemoryNetwork.builder().without(Capability.HALF_CLOSE).build();
        I2p router = I2p.connect(poor.router("poor"));
        I2pSession theirSession = router.open();
        I2pAcceptor acceptor = theirSession.listen(0);
        I2pStream ours = router.open().connect(theirSession.destination());
        I2pStream theirs = acceptor.accept();
        Socket local = new Socket()) {
      local.connect(target());
      Socket inside = service.accept();
      Thread.ofVirtual()
          .start(() -> new Relay(inside, ours, Relay.Silence.OF_CLIENT, Witness.none()).run());
      local.getOutputStream().write('?');
      local.shutdownOutput();
      assertThat(theirs.input().read()).isEqualTo('?');
      theirs.output().write('!');
      assertThat(local.getInputStream().read()).isEqualTo('!');
      theirs.close();
      assertThat(local.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void withoutHalfCloseThePeerIsToldWhenNothingMoreComes() throws Exception {
    try (MemoryNetwork poor =
            MemoryNetwork.builder().without(Capability.HALF_CLOSE).build();
        I2p router = I2p.connect(poor.router("poor"));
        I2pSession theirSession = router.open();
        I2pAcceptor acceptor = theirSession.listen(0);
        I2pStream ours = router.open().connect(theirSession.destination());
        I2pStream theirs = acceptor.accept();
        Socket local = new Socket()) {
      local.connect(target());
      Socket inside = service.accept();
      Thread.ofVirtual()
          .start(() -> new Relay(inside, ours, Relay.Silence.OF_SERVICE, Witness.none()).run());
      local.getOutputStream().write('?');
      local.shutdownOutput();
      assertThat(theirs.input().read()).isEqualTo('?');
      assertThat(theirs.input().read()).as("told at last").isEqualTo(-1);
      assertThat(local.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void anAnswerIsReadToItsEndByAProgramThatStillSends() throws Exception {
    int length = 500_000;
    try (I2pAcceptor acceptor = server.listen(0);
        ClientForward here = ClientForward.open(client, peer());
        Socket local = new Socket()) {
      local.setReceiveBufferSize(4096);
      local.setSoTimeout((int) TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
      local.connect(here.localAddress());
      try (I2pStream theirs = acceptor.accept()) {
        theirs.output().write(new byte[length]);
      }
      sendMore(local);
      assertThat(local.getInputStream().transferTo(OutputStream.nullOutputStream()))
          .isEqualTo(length);
    }
  }

  private static void sendMore(Socket local) {
    try {
      for (int i = 0; i < 1000; i++) {
        local.getOutputStream().write('x');
      }
    } catch (IOException e) {
      // what was sent to us may be there all the same
    }
  }

  @Test
  void aServiceThatIsDownResetsTheStream() throws Exception {
    service.close();
    try (ServerForward there = ServerForward.open(server, 0, target());
        I2pStream stream = client.connect(there.address())) {
      stream.readTimeout(Duration.ofSeconds(LIMIT_SECONDS));
      assertThatThrownBy(() -> stream.input().read()).hasMessageContaining("reset");
    }
  }

  @Test
  void aPeerThatIsGoneResetsTheLocalConnection() throws Exception {
    server.close();
    try (ClientForward here = ClientForward.open(client, peer());
        Socket local = dial(here)) {
      assertThatThrownBy(() -> local.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aStreamThatBreaksResetsTheLocalConnection() throws Exception {
    try (I2pAcceptor acceptor = server.listen(0);
        ClientForward here = ClientForward.open(client, peer());
        Socket local = dial(here);
        I2pStream stream = acceptor.accept()) {
      local.getOutputStream().write('x');
      assertThat(stream.input().read()).isEqualTo('x');
      stream.cancel();
      assertThatThrownBy(() -> local.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aLocalConnectionThatBreaksResetsTheStream() throws Exception {
    try (I2pAcceptor acceptor = server.listen(0);
        ClientForward here = ClientForward.open(client, peer())) {
      Socket local = dial(here);
      try (I2pStream stream = acceptor.accept()) {
        local.getOutputStream().write('x');
        assertThat(stream.input().read()).isEqualTo('x');
        local.setSoLinger(true, 0);
        local.close();
        assertThatThrownBy(() -> stream.input().read()).hasMessageContaining("reset");
      }
    }
  }

  @Test
  void aSlowReaderSlowsTheWriterDown() throws Exception {
    try (I2pAcceptor acceptor = server.listen(0);
        ClientForward here = ClientForward.open(client, peer());
        Socket local = dial(here);
        I2pStream stream = acceptor.accept()) {
      FutureTask<Boolean> writing = async(() -> {
        byte[] block = new byte[1 << 20];
        for (int i = 0; i < 64; i++) {
          local.getOutputStream().write(block);
        }
        local.shutdownOutput();
        return true;
      });
      assertThat(stream.input().readNBytes(1 << 16)).hasSize(1 << 16);
      assertThat(writing.isDone()).as("64 MiB are not taken while nobody reads").isFalse();
      assertThat(stream.input().transferTo(OutputStream.nullOutputStream()))
          .isEqualTo((64L << 20) - (1 << 16));
      assertThat(get(writing)).isTrue();
    }
  }

  @Test
  void closingTheClientForwardEndsWhatItCarries() throws Exception {
    try (I2pAcceptor acceptor = server.listen(0)) {
      ClientForward here = ClientForward.open(client, peer());
      try (Socket local = dial(here);
          I2pStream stream = acceptor.accept()) {
        here.close();
        here.close();
        assertThatThrownBy(() -> local.getInputStream().read()).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> stream.input().read()).hasMessageContaining("reset");
        // until its thread has noticed, the kernel may still take a connection, and then reset it
        assertThatThrownBy(() -> readFrom(dial(here))).isInstanceOf(IOException.class);
      }
    }
  }

  private static void readFrom(Socket socket) throws IOException {
    try (socket) {
      socket.setSoTimeout(10_000);
      if (socket.getInputStream().read() < 0) {
        throw new IOException("ended");
      }
    }
  }

  @Test
  void aTakenPortAndAnI2pNameAreRefusedAtOnce() {
    assertThatThrownBy(() -> ClientForward.open(client, peer(), target()))
        .isInstanceOf(BindException.class);
  }

  @Test
  void noFormOfAnI2pNameIsTakenForALocalAddress() throws Exception {
    for (String text : List.of(
        "example.i2p",
        "Example.I2P",
        "example.i2p.",
        " example.i2p ",
        "example.i2p.alt",
        server.destination().base32().text() + ".",
        server.destination().base64())) {
      InetSocketAddress name = InetSocketAddress.createUnresolved(text, 80);
      assertThatThrownBy(() -> ServerForward.open(server, 0, name))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> ClientForward.open(client, peer(), name))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void peersFillNoLogWhileTheServiceIsDown() throws Exception {
    InetSocketAddress down = target();
    service.close();
    try (Warnings warnings = new Warnings(ServerForward.class);
        ServerForward there = ServerForward.open(server, 0, down)) {
      knockInVain(there);
      knockInVain(there);
      knockInVain(there);
      assertThat(warnings.count()).isEqualTo(1);

      try (ServerSocket up = new ServerSocket()) {
        up.setReuseAddress(true);
        up.bind(down);
        try (I2pStream stream = client.connect(there.address());
            Socket inside = up.accept()) {
          inside.getOutputStream().write('!');
          assertThat(stream.input().read()).isEqualTo('!');
        }
      }
      knockInVain(there);
      knockInVain(there);
      assertThat(warnings.count()).as("down once more").isEqualTo(2);
    }
  }

  private void knockInVain(ServerForward there) throws IOException {
    try (I2pStream stream = client.connect(there.address())) {
      stream.readTimeout(Duration.ofSeconds(LIMIT_SECONDS));
      assertThatThrownBy(() -> stream.input().read()).hasMessageContaining("reset");
    }
  }

  /** Counts what a class logs for people to see. */
  private static final class Warnings extends Handler implements AutoCloseable {
    private final Logger logger;
    private final AtomicInteger count = new AtomicInteger();

    Warnings(Class<?> of) {
      logger = Logger.getLogger(of.getName());
      logger.addHandler(this);
    }

    int count() {
      return count.get();
    }

    @Override
    public void publish(LogRecord entry) {
      if (entry.getLevel().intValue() >= Level.INFO.intValue()) {
        count.incrementAndGet();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }
}
