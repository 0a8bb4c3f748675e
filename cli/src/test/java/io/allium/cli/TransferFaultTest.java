package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.cli.TransferMessage.Busy;
import io.allium.cli.TransferMessage.Confirmed;
import io.allium.cli.TransferMessage.Data;
import io.allium.cli.TransferMessage.Done;
import io.allium.cli.TransferMessage.From;
import io.allium.cli.TransferMessage.Hello;
import io.allium.cli.TransferMessage.Offer;
import io.allium.cli.TransferMessage.Reason;
import io.allium.cli.TransferMessage.Refused;
import io.allium.cli.TransferMessage.Stored;
import io.allium.memory.MemoryNetwork;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each end of a transfer, against another end that a test plays message by message. */
class TransferFaultTest {
  private static final byte[] CONTENT = "all of it".getBytes(StandardCharsets.US_ASCII);
  private static final Duration SILENCE = Duration.ofSeconds(20);

  /** What a played end does with one stream; then it hangs up. */
  private interface Script {
    void play(TransferStream peer) throws IOException;
  }

  @TempDir
  Path folder;

  private final MemoryNetwork network = MemoryNetwork.create();
  private I2p i2p;
  private I2pSession session;
  private String hash = "";

  @BeforeEach
  void open() throws Exception {
    i2p = I2p.connect(network.uri());
    session = i2p.open();
    Sha256 sha256 = new Sha256();
    sha256.update(ByteBuffer.wrap(CONTENT));
    hash = sha256.hex();
  }

  @AfterEach
  void close() {
    i2p.close();
    network.close();
  }

  @Test
  void aReceiverTellsAgainUntilTheSenderHasConfirmed() throws Exception {
    FutureTask<Boolean> sender = playSender(
        peer -> {
          offer(peer);
          assertThat(peer.read()).isEqualTo(new From(0));
          send(peer, 0, 4);
          send(peer, 4, CONTENT.length);
          assertThat(peer.read()).isEqualTo(new Stored(CONTENT.length));
          assertThat(peer.read()).isEqualTo(new Done(hash));
        },
        peer -> {
          offer(peer);
          assertThat(peer.read()).isEqualTo(new From(CONTENT.length));
          assertThat(peer.read()).isEqualTo(new Done(hash));
          peer.write(new Confirmed());
          assertThatThrownBy(peer::read).isInstanceOf(EOFException.class);
        });
    try (CommandRun receive = receive()) {
      assertThat(receive.code()).isZero();
      sender.get(20, TimeUnit.SECONDS);
      assertThat(folder.resolve("got")).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void aFileThatIsHereIsSuccessThoughTheSenderMayNotKnow() throws Exception {
    FutureTask<Boolean> sender = playSender(peer -> {
      offer(peer);
      peer.read();
      send(peer, 0, CONTENT.length);
      peer.read();
      assertThat(peer.read()).isEqualTo(new Done(hash));
      session.close();
    });
    try (CommandRun receive = receive()) {
      assertThat(receive.code()).isZero();
      receive.said("the sender may not know it");
      sender.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void whatCameBeforeACutIsNotFetchedAgain() throws Exception {
    FutureTask<Boolean> sender = playSender(
        peer -> {
          offer(peer);
          assertThat(peer.read()).isEqualTo(new From(0));
          send(peer, 0, 5);
        },
        peer -> {
          offer(peer);
          assertThat(peer.read()).isEqualTo(new From(5));
          peer.write(new Busy());
          send(peer, 5, CONTENT.length);
          peer.read();
          peer.read();
          peer.write(new Confirmed());
        });
    try (CommandRun receive = receive()) {
      assertThat(receive.code()).isZero();
      sender.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void aSenderThatHangsUpForEverIsGivenUpInTime() throws Exception {
    try (I2pAcceptor acceptor = session.listen(0)) {
      Thread.ofVirtual().start(() -> hangUp(acceptor));
      ReceiveCommand command = receiver();
      command.timeout = 1;
      try (CommandRun receive = CommandRun.start(network.uri(), command)) {
        assertThat(receive.code()).isEqualTo(75);
        receive.said("no new byte came within 1 s");
      }
    }
  }

  private static void hangUp(I2pAcceptor acceptor) {
    try {
      acceptor.serve(stream -> {});
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "long", "other", "stored", "version"})
  void aSenderThatBreaksTheProtocolIsLeft(String what) throws Exception {
    FutureTask<Boolean> sender = playSender(peer -> {
      switch (what) {
        case "first" -> peer.write(new Confirmed());
        case "version" -> peer.write(new Refused(Reason.VERSION));
        default -> {
          offer(peer);
          peer.read();
          peer.write(
              switch (what) {
                case "long" -> new Data(ByteBuffer.allocate(CONTENT.length + 1));
                case "stored" -> new Stored(4);
                default -> new Offer(1, hash, "a");
              });
        }
      }
      peer.awaitEnd(SILENCE);
    });
    try (CommandRun receive = receive()) {
      assertThat(receive.code()).isEqualTo(76);
      sender.get(20, TimeUnit.SECONDS);
      assertThat(folder.resolve("got")).doesNotExist();
    }
  }

  @Test
  void aSiteIsNoSender() throws Exception {
    try (I2pAcceptor acceptor = session.listen(0)) {
      Thread.ofVirtual().start(() -> {
        try (I2pStream stream = acceptor.accept()) {
          stream.output().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
          stream.input().readAllBytes();
        } catch (IOException e) {
          // the receiver had enough
        }
      });
      try (CommandRun receive = receive()) {
        assertThat(receive.code()).isEqualTo(76);
        receive.said("check that allium send runs at this address");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../got", "/tmp/got", ".got", "a\nb", "got.part", "-got", "a\\b"})
  void aStrangersNameIsNoPath(String name) throws Exception {
    var unused = playSender(peer -> {
      peer.read();
      peer.write(new Offer(CONTENT.length, hash, name));
      peer.awaitEnd(SILENCE);
    });
    ReceiveCommand command = receiver();
    command.file = null;
    command.folder = Files.createDirectory(folder.resolve("here"));
    try (CommandRun receive = CommandRun.start(network.uri(), command)) {
      assertThat(receive.code()).isEqualTo(65);
      receive.said("choose one with -o FILE");
      assertThat(folder.resolve("here")).isEmptyDirectory();
      assertThat(folder).isDirectoryNotContaining("glob:**got*");
    }
  }

  @Test
  void aFileThatIsTooLargeForTheDiskIsNotBegun() throws Exception {
    var unused = playSender(peer -> {
      peer.read();
      peer.write(new Offer(Long.MAX_VALUE, hash, "a"));
      peer.awaitEnd(SILENCE);
    });
    try (CommandRun receive = receive()) {
      assertThat(receive.code()).isEqualTo(73);
      receive.said("make room");
    }
  }

  @Test
  void receiversThatBreakTheProtocolHarmNobody() throws Exception {
    Path file = Files.write(folder.resolve("file"), CONTENT);
    SendCommand command = new SendCommand();
    command.file = file;
    try (CommandRun send = CommandRun.start(network.uri(), command)) {
      String address = send.address();
      assertLeft(address, "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertLeft(address, TransferCodec.encode(new Done(hash)));
      Offer offer = new Offer(CONTENT.length, hash, "file");
      assertLeft(address, offer, new From(CONTENT.length + 1L));
      assertLeft(address, offer, new Done(hash));
      assertLeft(address, offer, new From(0), new Done(hash));
      assertLeft(address, offer, new From(0), new Stored(CONTENT.length + 1L));
      assertLeft(address, offer, new From(0), new Stored(0));
      assertLeft(address, offer, new From(CONTENT.length), new Done("00".repeat(32)));
      assertLeft(address, offer, new From(0), new Refused(Reason.MISMATCH));
      assertLeft(address, new Refused(Reason.VERSION), new Hello(2));
      assertThat(send.ended()).isFalse();
      ReceiveCommand receiver = receiver();
      receiver.address = address;
      try (CommandRun receive = CommandRun.start(network.uri(), receiver)) {
        assertThat(receive.code()).isZero();
        assertThat(send.code()).isZero();
      }
    }
  }

  @Test
  void aReceiverThatVanishesBeforeItSaysDoneHasNotConfirmed() throws Exception {
    SendCommand command = new SendCommand();
    command.file = Files.write(folder.resolve("file"), CONTENT);
    try (CommandRun send = CommandRun.start(network.uri(), command)) {
      String address = send.address();
      try (I2pStream stream = session.connect(address)) {
        TransferStream peer = new TransferStream(stream, SILENCE);
        peer.write(new Hello(1));
        peer.read();
        peer.write(new From(0));
        assertThat(peer.read()).isEqualTo(new Data(ByteBuffer.wrap(CONTENT)));
        peer.write(new Stored(CONTENT.length));
      }
      // which is served while nothing has confirmed yet
      try (I2pStream stream = session.connect(address)) {
        TransferStream peer = new TransferStream(stream, SILENCE);
        peer.write(new Hello(1));
        assertThat(peer.read()).isInstanceOf(Offer.class);
      }
      assertThat(send.ended()).isFalse();
      send.close();
      assertThat(send.code()).isNotZero();
    }
  }

  private void assertLeft(String address, Offer offer, TransferMessage... answers)
      throws IOException {
    try (I2pStream stream = session.connect(address)) {
      TransferStream peer = new TransferStream(stream, SILENCE);
      peer.write(new Hello(1));
      assertThat(peer.read()).isEqualTo(offer);
      for (TransferMessage answer : answers) {
        peer.write(answer);
      }
      assertEnds(peer);
    }
  }

  private void assertLeft(String address, Refused answer, Hello hello) throws IOException {
    try (I2pStream stream = session.connect(address)) {
      TransferStream peer = new TransferStream(stream, SILENCE);
      peer.write(hello);
      assertThat(peer.read()).isEqualTo(answer);
    }
  }

  private void assertLeft(String address, byte[] bytes) throws IOException {
    try (I2pStream stream = session.connect(address)) {
      stream.output().write(bytes);
      assertEnds(new TransferStream(stream, SILENCE));
    }
  }

  /** No confirmation comes, and the stream ends. */
  private static void assertEnds(TransferStream peer) {
    assertThatThrownBy(() -> {
          TransferMessage message = peer.read();
          while (message instanceof Data) {
            message = peer.read();
          }
          assertThat(message).isNull();
        })
        .isInstanceOf(IOException.class);
  }

  private void offer(TransferStream peer) throws IOException {
    assertThat(peer.read()).isEqualTo(new Hello(1));
    peer.write(new Offer(CONTENT.length, hash, "got"));
  }

  private static void send(TransferStream peer, int from, int to) throws IOException {
    peer.write(new Data(ByteBuffer.wrap(CONTENT, from, to - from)));
  }

  private ReceiveCommand receiver() {
    ReceiveCommand command = new ReceiveCommand();
    command.address = session.destination().base32().text();
    command.file = folder.resolve("got");
    command.firstPause = Duration.ofMillis(1);
    command.telling = Duration.ofMillis(100);
    return command;
  }

  private CommandRun receive() {
    return CommandRun.start(network.uri(), receiver());
  }

  private FutureTask<Boolean> playSender(Script... scripts) throws IOException {
    I2pAcceptor acceptor = session.listen(0);
    FutureTask<Boolean> playing = new FutureTask<>(() -> {
      for (Script script : scripts) {
        try (I2pStream stream = acceptor.accept()) {
          script.play(new TransferStream(stream, SILENCE));
        }
      }
      return true;
    });
    Thread.ofVirtual().start(playing);
    return playing;
  }
}
