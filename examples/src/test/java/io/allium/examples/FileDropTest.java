package io.allium.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.junit.I2pNetwork;
import io.allium.memory.MemoryNetwork;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time stands still unless a test lets it pass, so that a transfer can be cut in its middle. */
@I2pNetwork(latencyMillis = 100, manualClock = true)
class FileDropTest {
  private static final int LENGTH = 4_000_000;

  @TempDir
  Path folder;

  private final MemoryNetwork network;
  private Path file = Path.of("");

  FileDropTest(MemoryNetwork network) {
    this.network = network;
  }

  @BeforeEach
  void file() throws Exception {
    byte[] content = new byte[LENGTH];
    new Random(3).nextBytes(content);
    file = Files.write(folder.resolve("holiday 1.jpg"), content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop", "sender"})
  void aTransferGoesOnWhereARouterCutIt(String router) throws Exception {
    try (Run drop = drop();
        Run sender = send(file, drop.line())) {
      assertThat(next(sender)).isEqualTo("0 of 4000000 bytes are there");
      int before = stored(next(sender));
      assertThat(before).isBetween(FileDrop.STEP, LENGTH - 1);
      network.stop(router);
      assertThat(received()).isEmpty();
      String line = sender.line();
      while (line.contains(" bytes are there")) {
        line = sender.line();
      }
      network.start(router);
      do {
        line = next(sender);
      } while (!line.contains(" bytes are there"));
      assertThat(stored(line)).isGreaterThanOrEqualTo(before);
      while (line.contains(" bytes are there")) {
        line = next(sender);
      }
      assertThat(line).isEqualTo("delivered");
      assertThat(next(drop)).isEqualTo("got holiday 1.jpg");
      assertThat(received()).containsExactly("holiday 1.jpg");
      assertThat(Files.mismatch(file, folder.resolve("drop/holiday 1.jpg"))).isEqualTo(-1);
    }
  }

  @Test
  void whatIsThereIsNeitherSentAgainNorOverwritten() throws Exception {
    Files.createDirectories(folder.resolve("drop"));
    Files.copy(file, folder.resolve("drop/holiday 1.jpg"));
    Path other = Files.writeString(folder.resolve("other"), "other");
    Files.writeString(folder.resolve("drop/other"), "mine");
    try (Run drop = drop()) {
      String address = drop.line();
      try (Run again = send(file, address)) {
        assertThat(next(again)).isEqualTo("delivered");
      }
      try (Run sender = send(other, address)) {
        assertThat(next(sender)).isEqualTo("refused");
      }
      assertThat(folder.resolve("drop/other")).hasContent("mine");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../a", "/tmp/a", "a/b", "..", ".", "", ".profile", "a\\b", "a\nb", "a.part"})
  void namesThatAreNoPlainNamesAreRefused(String name) throws Exception {
    assertThat(offer(name, 1, new byte[FileDrop.HASH_LENGTH])).isEqualTo(FileDrop.REFUSED);
    assertThat(received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, (1L << 30) + 1})
  void aLengthThatIsNoneOrTooMuchIsRefused(long length) throws Exception {
    assertThat(offer("a", length, new byte[FileDrop.HASH_LENGTH])).isEqualTo(FileDrop.REFUSED);
    assertThat(received()).isEmpty();
  }

  @Test
  void aFileWithAnotherHashThanAnnouncedGetsNoName() throws Exception {
    assertThat(offer("a", 0, new byte[FileDrop.HASH_LENGTH])).isEqualTo(FileDrop.TRY_AGAIN);
    assertThat(received()).isEmpty();
  }

  /** What the drop finally answers to a file without content. */
  private long offer(String name, long length, byte[] hash) throws Exception {
    try (MemoryNetwork quick = MemoryNetwork.create();
        Run drop = drop(quick);
        I2p i2p = I2p.connect(quick.uri());
        I2pSession session = i2p.open();
        I2pStream stream = session.connect(drop.line())) {
      stream.readTimeout(Duration.ofSeconds(10));
      DataOutputStream out = new DataOutputStream(stream.output());
      out.writeUTF(name);
      out.writeLong(length);
      out.write(hash);
      DataInputStream in = new DataInputStream(stream.input());
      long answer = in.readLong();
      return answer < 0 ? answer : in.readLong();
    }
  }

  private Run drop() throws Exception {
    return drop(network);
  }

  private Run drop(MemoryNetwork on) throws Exception {
    return Run.of(
        FileDrop::main,
        on.uri("drop").toString(),
        folder.resolve("keys").toString(),
        folder.resolve("drop").toString());
  }

  private Run send(Path what, String address) throws Exception {
    return Run.of(FileSend::main, network.uri("sender").toString(), what.toString(), address);
  }

  /** Files that have their names. */
  private static int stored(String line) {
    return Integer.parseInt(line.split(" ")[0]);
  }

  private Stream<String> received() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("drop"))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.endsWith(".part"))
          .toList()
          .stream();
    }
  }

  /** Lets time pass until the program prints something. */
  private String next(Run run) throws InterruptedException {
    while (true) {
      Optional<String> line = run.printed();
      if (line.isPresent()) {
        return line.get();
      }
      assertThat(run.ended()).isFalse();
      network.advance(Duration.ofMillis(2));
    }
  }
}
