package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.memory.Faults;
import io.allium.memory.MemoryNetwork;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both commands. On the slow network time stands still unless a test lets it pass, so that a transfer can be cut in its middle. */
class SendReceiveTest {
  private static final int LENGTH = 6_000_000;
  private static final long MIDDLE = 2_000_000;
  private static final Duration LATENCY = Duration.ofMillis(100);

  @TempDir
  Path folder;

  private final MemoryNetwork slow = MemoryNetwork.builder()
      .faults(Faults.none().withLatency(LATENCY, Duration.ZERO))
      .manualClock()
      .build();
  private final MemoryNetwork quick = MemoryNetwork.create();
  private Path file = Path.of("");
  private Path target = Path.of("");
  private String lastAddress = "";

  @BeforeEach
  void file() throws IOException {
    byte[] content = new byte[LENGTH];
    new Random(5).nextBytes(content);
    file = Files.write(folder.resolve("holiday 1.jpg"), content);
    target = Files.createDirectory(folder.resolve("here")).resolve("got.jpg");
  }

  @AfterEach
  void close() {
    slow.close();
    quick.close();
  }

  @Test
  void aFileArrivesAndBothKnow() throws Exception {
    try (CommandRun send = send(quick.uri());
        CommandRun receive = receive(quick.uri(), send.address())) {
      assertArrived(send, receive);
      String hash = send.line() + send.line() + send.line();
      assertThat(hash).startsWith("sent holiday 1.jpgbytes 6000000sha256 ");
      assertThat(receive.line()).isEqualTo("file " + target);
      assertThat(receive.line()).isEqualTo("bytes 6000000");
      assertThat(hash).endsWith(receive.line());
    }
  }

  @Test
  void anEmptyFileIsAFileToo() throws Exception {
    Files.write(file, new byte[0]);
    try (CommandRun send = send(quick.uri());
        CommandRun receive = receive(quick.uri(), send.address())) {
      assertArrived(send, receive);
    }
  }

  @Test
  void withoutAChoiceTheSendersNameIsTaken() throws Exception {
    try (CommandRun send = send(quick.uri())) {
      ReceiveCommand command = receiver(send.address());
      command.file = null;
      command.folder = folder.resolve("here");
      try (CommandRun receive = CommandRun.start(quick.uri(), command)) {
        target = folder.resolve("here/holiday 1.jpg");
        assertArrived(send, receive);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sender", "receiver"})
  void itGoesOnWhereARouterCutIt(String router) throws Exception {
    try (CommandRun send = send(slow.uri("sender"));
        CommandRun receive = receive(slow.uri("receiver"), send.address())) {
      advanceUntil(() -> arrived() >= MIDDLE);
      slow.stop(router);
      advanceUntil(() -> receive.hasSaid("trying again"));
      assertThat(send.ended()).isFalse();
      assertThat(target).doesNotExist();
      slow.start(router);
      advanceUntil(() -> send.ended() && receive.ended());
      assertArrived(send, receive);
      assertWentOn(receive);
    }
  }

  @Test
  void aReceiverThatWasEndedGoesOn() throws Exception {
    try (CommandRun send = send(slow.uri("sender"))) {
      String address = send.address();
      try (CommandRun first = receive(slow.uri("receiver"), address)) {
        advanceUntil(() -> arrived() >= MIDDLE);
      }
      assertThat(target).doesNotExist();
      try (CommandRun again = receive(slow.uri("receiver"), address)) {
        advanceUntil(() -> send.ended() && again.ended());
        assertArrived(send, again);
        assertThat(again.said("received "))
            .doesNotStartWith("received 0")
            .doesNotStartWith("received 1");
      }
    }
  }

  @Test
  void aSenderThatWasEndedIsFoundAgainByItsKeys() throws Exception {
    SendCommand first = sender();
    first.keys = folder.resolve("keys");
    try (CommandRun send = CommandRun.start(slow.uri("sender"), first);
        CommandRun receive = receive(slow.uri("receiver"), send.address())) {
      advanceUntil(() -> arrived() >= MIDDLE);
      end(send);
      assertThat(send.code()).isNotZero();
      advanceUntil(() -> receive.hasSaid("trying again"));
      SendCommand second = sender();
      second.keys = folder.resolve("keys");
      try (CommandRun again = CommandRun.start(slow.uri("sender"), second)) {
        advanceUntil(() -> again.ended() && receive.ended());
        assertArrived(again, receive);
        assertWentOn(receive);
      }
    }
  }

  @Test
  void aSenderThatComesBackWithAnotherFileIsNotMixedUp() throws Exception {
    SendCommand first = sender();
    first.keys = folder.resolve("keys");
    try (CommandRun send = CommandRun.start(slow.uri("sender"), first);
        CommandRun receive = receive(slow.uri("receiver"), send.address())) {
      advanceUntil(() -> arrived() >= MIDDLE);
      end(send);
      Files.writeString(file, "another one");
      SendCommand second = sender();
      second.keys = folder.resolve("keys");
      try (CommandRun again = CommandRun.start(slow.uri("sender"), second)) {
        advanceUntil(receive::ended);
        assertThat(receive.code()).isEqualTo(65);
        assertThat(again.ended()).isFalse();
        assertThat(target).doesNotExist();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void streamsThatBreakAtRandomLoseNothing(long seed) throws Exception {
    try (MemoryNetwork broken = MemoryNetwork.builder()
            .seed(seed)
            .faults(Faults.none().withReset(0.02))
            .build();
        CommandRun send = send(broken.uri());
        CommandRun receive = receive(broken.uri(), send.address())) {
      assertArrived(send, receive);
    }
  }

  @Test
  void aFileThatGrowsMeanwhileIsNotSaidToBeSent() throws Exception {
    try (CommandRun send = send(slow.uri());
        CommandRun receive = receive(slow.uri(), send.address())) {
      advanceUntil(() -> arrived() >= MIDDLE);
      Files.writeString(file, "more", StandardOpenOption.APPEND);
      advanceUntil(() -> send.ended() && receive.ended());
      assertThat(send.code()).isEqualTo(65);
      assertThat(receive.code()).isEqualTo(65);
      assertNothingIsLeft();
    }
  }

  @Test
  void aFileThatShrinksMeanwhileIsNotSaidToBeSent() throws Exception {
    try (CommandRun send = send(slow.uri());
        CommandRun receive = receive(slow.uri(), send.address())) {
      advanceUntil(() -> arrived() >= MIDDLE);
      try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
        cut.setLength(MIDDLE);
      }
      advanceUntil(() -> send.ended() && receive.ended());
      assertThat(send.code()).isEqualTo(65);
      assertThat(receive.code()).isEqualTo(65);
      assertNothingIsLeft();
    }
  }

  @Test
  void aChangeThatNoTimeShowsIsSeenByTheHash() throws Exception {
    try (CommandRun send = send(quick.uri())) {
      String address = send.address();
      FileTime before = Files.getLastModifiedTime(file);
      try (RandomAccessFile change = new RandomAccessFile(file.toFile(), "rw")) {
        change.seek(LENGTH / 2);
        int old = change.read();
        change.seek(LENGTH / 2);
        change.write(old + 1);
      }
      Files.setLastModifiedTime(file, before);
      try (CommandRun receive = receive(quick.uri(), address)) {
        assertThat(receive.code()).isEqualTo(65);
        assertThat(send.ended()).isFalse();
        assertNothingIsLeft();
      }
    }
  }

  @Test
  void whatIsHereIsNeitherFetchedAgainNorOverwritten() throws Exception {
    Files.writeString(target, "mine");
    try (CommandRun send = send(quick.uri())) {
      String address = send.address();
      try (CommandRun receive = receive(quick.uri(), address)) {
        assertThat(receive.code()).isEqualTo(73);
      }
      assertThat(target).hasContent("mine");
      assertThat(send.ended()).isFalse();
      Files.delete(target);
      Files.copy(file, target);
      // as one that was killed right after the file had got its name leaves it
      Files.copy(file, target.resolveSibling("got.jpg." + sha256(file).substring(0, 16) + ".part"));
      try (CommandRun receive = receive(quick.uri(), address)) {
        receive.said("is here already");
        assertArrived(send, receive);
      }
    }
  }

  @Test
  void oneProgramAtATimeReceivesIntoAFile() throws Exception {
    try (CommandRun send = send(slow.uri());
        CommandRun first = receive(slow.uri(), send.address())) {
      advanceUntil(() -> arrived() >= MIDDLE);
      try (CommandRun second = receive(slow.uri(), lastAddress)) {
        advanceUntil(second::ended);
        assertThat(second.code()).isEqualTo(73);
      }
      advanceUntil(() -> send.ended() && first.ended());
      assertArrived(send, first);
    }
  }

  @Test
  void damageOfWhatWasHereIsMended() throws Exception {
    try (CommandRun send = send(slow.uri())) {
      String address = send.address();
      try (CommandRun first = receive(slow.uri(), address)) {
        advanceUntil(() -> arrived() >= MIDDLE);
      }
      try (RandomAccessFile damage = new RandomAccessFile(part().toFile(), "rw")) {
        damage.write(new byte[1000]);
      }
      try (CommandRun again = receive(slow.uri(), address)) {
        advanceUntil(() -> send.ended() && again.ended());
        again.said("was damaged");
        assertArrived(send, again);
      }
    }
  }

  private SendCommand sender() {
    SendCommand command = new SendCommand();
    command.file = file;
    return command;
  }

  private CommandRun send(URI router) {
    return CommandRun.start(router, sender());
  }

  private ReceiveCommand receiver(String address) {
    lastAddress = address;
    ReceiveCommand command = new ReceiveCommand();
    command.address = address;
    command.file = target;
    command.firstPause = Duration.ofMillis(1);
    command.telling = Duration.ofMillis(100);
    return command;
  }

  private CommandRun receive(URI router, String address) {
    return CommandRun.start(router, receiver(address));
  }

  private void assertArrived(CommandRun send, CommandRun receive) throws Exception {
    assertThat(receive.code()).isZero();
    assertThat(send.code()).isZero();
    assertThat(Files.mismatch(file, target)).isEqualTo(-1);
    try (Stream<Path> files = Files.list(folder.resolve("here"))) {
      assertThat(files).containsExactly(target);
    }
  }

  private static void assertWentOn(CommandRun receive) throws Exception {
    receive.said("trying again");
    assertThat(receive.said("received "))
        .doesNotStartWith("received 0")
        .doesNotStartWith("received 1");
  }

  private void assertNothingIsLeft() {
    assertThat(folder.resolve("here")).isEmptyDirectory();
  }

  /** What it wrote last has some time to arrive. */
  private void end(CommandRun run) {
    FutureTask<Boolean> ending = new FutureTask<>(() -> {
      run.close();
      return true;
    });
    Thread.ofVirtual().start(ending);
    advanceUntil(ending::isDone);
  }

  /** Lets time pass until something is so. */
  private void advanceUntil(BooleanSupplier state) {
    long end = System.nanoTime() + Duration.ofSeconds(50).toNanos();
    while (!state.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for it").isLessThan(end);
      slow.advance(Duration.ofMillis(2));
      Thread.yield();
    }
  }

  private static String sha256(Path file) throws IOException {
    Sha256 hash = new Sha256();
    hash.update(ByteBuffer.wrap(Files.readAllBytes(file)));
    return hash.hex();
  }

  private Path part() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("here"))) {
      return files
          .filter(name -> name.toString().endsWith(".part"))
          .findAny()
          .orElse(Path.of("none"));
    }
  }

  private long arrived() {
    try {
      Path part = part();
      return Files.exists(part) ? Files.size(part) : 0;
    } catch (IOException e) {
      return 0; // it has its name
    }
  }
}
