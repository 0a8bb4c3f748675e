package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Programs that are killed in the middle of a transfer, which the router keeps from ending before. */
@Execution(ExecutionMode.CONCURRENT)
class SendReceiveProcessTest {
  private static final int LENGTH = 8_000_000;
  private static final long MIDDLE = 3_000_000;

  /** Less than a program may keep in its buffers and in those of the system. */
  private static final long STORED = 1_000_000;

  @TempDir
  Path folder;

  private LocalRouter router;
  private Path file = Path.of("");
  private Path target = Path.of("");

  @BeforeEach
  void open() throws IOException {
    router = new LocalRouter();
    byte[] content = new byte[LENGTH];
    new Random(7).nextBytes(content);
    file = Files.write(folder.resolve("file"), content);
    target = Files.createDirectory(folder.resolve("here")).resolve("got");
  }

  @AfterEach
  void close() throws IOException {
    router.close();
  }

  @Test
  void aReceiverThatWasKilledGoesOn() throws Exception {
    router.stopAfter(MIDDLE);
    try (Program send = send()) {
      String address = address(send);
      try (Program receive = receive(address)) {
        awaitStored();
        receive.signal("KILL");
        assertThat(receive.end().code()).isEqualTo(137);
      }
      assertThat(target).doesNotExist();
      long before = router.carried();
      router.release();
      try (Program again = receive(address)) {
        assertArrived(send.end(), again.end(), before);
      }
    }
  }

  @Test
  void aSenderThatWasKilledGoesOn() throws Exception {
    router.stopAfter(MIDDLE);
    try (Program send = send()) {
      String address = address(send);
      try (Program receive = receive(address)) {
        awaitStored();
        send.signal("KILL");
        assertThat(send.end().code()).isEqualTo(137);
        long before = router.carried();
        router.release();
        try (Program again = send()) {
          assertThat(address(again)).isEqualTo(address);
          assertArrived(again.end(), receive.end(), before);
        }
      }
    }
  }

  @Test
  void bothOutliveARouterThatRestarts() throws Exception {
    router.stopAfter(MIDDLE);
    try (Program send = send();
        Program receive = receive(address(send))) {
      awaitStored();
      long before = router.carried();
      router.restart();
      router.release();
      assertArrived(send.end(), receive.end(), before);
    }
  }

  @Test
  void whoIsStoppedBeforeItIsConfirmedIsNotDone() throws Exception {
    router.stopAfter(MIDDLE);
    try (Program send = send();
        Program receive = receive(address(send))) {
      awaitStored();
      send.terminate();
      receive.terminate();
      assertThat(send.end().code()).isEqualTo(130);
      assertThat(receive.end().code()).isEqualTo(130);
    }
  }

  private Program send() throws IOException {
    return Program.start(
        Map.of(),
        "--router",
        router.uri(),
        "send",
        file.toString(),
        "--keys",
        folder.resolve("keys").toString());
  }

  private static String address(Program send) throws InterruptedException {
    String address = send.line().replaceFirst("address ", "");
    assertThat(send.line()).isEqualTo("ready");
    return address;
  }

  private Program receive(String address) throws IOException {
    return Program.start(
        Map.of(), "--router", router.uri(), "receive", address, "-o", target.toString());
  }

  private void awaitStored() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (stored() < STORED) {
      assertThat(System.nanoTime()).as("waited for the middle").isLessThan(end);
      Thread.yield();
    }
  }

  private long stored() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("here"))) {
      Path part = files.findAny().orElse(folder);
      return Files.isRegularFile(part) ? Files.size(part) : 0;
    }
  }

  private void assertArrived(Program.Result send, Program.Result receive, long before)
      throws IOException {
    assertThat(receive.code()).as(receive.errors()).isZero();
    assertThat(send.code()).as(send.errors()).isZero();
    assertThat(receive.output().getLast()).matches("sha256 [0-9a-f]{64}");
    assertThat(send.output().getLast()).isEqualTo(receive.output().getLast());
    assertThat(Files.mismatch(file, target)).isEqualTo(-1);
    assertThat(folder.resolve("here")).isDirectoryContaining(path -> path.equals(target));
    assertThat(router.carried() - before)
        .as("what was here is not fetched again")
        .isLessThan(LENGTH);
  }
}
