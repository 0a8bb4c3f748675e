package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.examples.FileDrop;
import io.allium.examples.FileSend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transfer between two programs, and a router that is killed in its middle. */
@RequiresI2pd
class FileDropOnI2pdTest {
  /** Long enough under way to be cut. */
  private static final int LENGTH = 8_000_000;

  private static final String PROGRESS = "([0-9]+) of 8000000 bytes are there";

  @TempDir
  Path folder;

  private TestNet net;

  @SuppressWarnings("NullAway.Init") // start() sets it before each test
  FileDropOnI2pdTest() {}

  @BeforeEach
  void start() throws IOException {
    net = TestNet.start(2, TestNet.FAST, "--no-check");
  }

  @AfterEach
  void stop() {
    net.close();
  }

  /** 0 is the sender's router, 1 the drop's. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aTransferGoesOnWhenTheRouterIsBack(int router) throws Exception {
    byte[] content = new byte[LENGTH];
    new Random(3).nextBytes(content);
    Path file = Files.write(folder.resolve("file"), content);
    Path received = folder.resolve("drop");
    try (Program drop = Program.java(
            FileDrop.class,
            net.router(1).toString(),
            folder.resolve("keys").toString(),
            received.toString());
        Program sender =
            Program.java(FileSend.class, net.router(0).toString(), file.toString(), drop.line())) {
      String line = sender.line();
      while (!line.matches(PROGRESS) || stored(line) == 0) {
        assertThat(line).as("the beginning").isNotIn("", "delivered");
        line = sender.line();
      }
      net.kill(router);
      net.restart(router);
      while (line.matches(PROGRESS)) {
        line = sender.line();
      }
      assertThat(line).as("what the cut looks like").isNotIn("", "delivered");
      while (!line.matches(PROGRESS)) {
        assertThat(line).as("trying again").isNotIn("", "delivered");
        assertThat(net.isBroken()).as("it tries for ever").isFalse();
        line = sender.line();
      }
      assertThat(stored(line)).as("where it goes on").isBetween(1L, LENGTH - 1L);
      while (line.matches(PROGRESS)) {
        line = sender.line();
      }
      assertThat(line).isEqualTo("delivered");
      assertThat(drop.line()).isEqualTo("got file");
      assertThat(Files.mismatch(file, received.resolve("file"))).isEqualTo(-1);
    }
  }

  private static long stored(String line) {
    return Long.parseLong(line.replaceAll(PROGRESS, "$1"));
  }
}
