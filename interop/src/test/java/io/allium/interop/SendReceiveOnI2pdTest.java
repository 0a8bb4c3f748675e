package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code allium send} and {@code receive} on two routers, with a router or the receiver killed in the middle. */
@RequiresI2pd
class SendReceiveOnI2pdTest {
  /** Long enough under way to be cut. */
  private static final int LENGTH = 16_000_000;

  private static final long BEGUN = 1_000_000;
  private static final Pattern WENT_ON =
      Pattern.compile("trying again.*?^received (?!0\\.0)", Pattern.DOTALL | Pattern.MULTILINE);

  @TempDir
  Path folder;

  private TestNet net;
  private Path file = Path.of("");
  private Path target = Path.of("");

  @SuppressWarnings("NullAway.Init") // start() sets it before each test
  SendReceiveOnI2pdTest() {}

  @BeforeEach
  void start() throws IOException {
    net = TestNet.start(2, TestNet.FAST, "--no-check");
    byte[] content = new byte[LENGTH];
    new Random(3).nextBytes(content);
    file = Files.write(folder.resolve("file"), content);
    target = Files.createDirectory(folder.resolve("here")).resolve("got");
  }

  @AfterEach
  void stop() {
    net.close();
  }

  /** 0 is the receiver's router, 1 the sender's. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void itGoesOnWhenTheRouterIsBack(int router) throws Exception {
    try (Program send = send();
        Program receive = receive(address(send))) {
      await(() -> stored() >= BEGUN);
      net.kill(router);
      assertThat(target).as("killed in the middle").doesNotExist();
      net.restart(router);
      assertThat(assertArrived(send, receive)).containsPattern(WENT_ON);
    }
  }

  @Test
  void itGoesOnWhenTheReceiverWasKilled() throws Exception {
    try (Program send = send()) {
      String address = address(send);
      try (Program receive = receive(address)) {
        await(() -> stored() >= BEGUN);
        receive.close();
      }
      assertThat(target).as("killed in the middle").doesNotExist();
      try (Program again = receive(address)) {
        assertThat(assertArrived(send, again)).doesNotContain("received 0.0 of");
      }
    }
  }

  private String assertArrived(Program send, Program receive) throws Exception {
    await(() -> Files.exists(target));
    Program.Ended received = receive.end();
    Program.Ended sent = send.end();
    assertThat(received.code()).as(received.errors()).isZero();
    assertThat(sent.code()).as(sent.errors()).isZero();
    assertThat(received.last()).startsWith("sha256 ").isEqualTo(sent.last());
    assertThat(Files.mismatch(file, target)).isEqualTo(-1);
    return received.errors();
  }

  private Program send() throws IOException {
    return Program.java(
        Main.class,
        "--router",
        net.router(1).toString(),
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
    return Program.java(
        Main.class,
        "--router",
        net.router(0).toString(),
        "receive",
        address,
        "-o",
        target.toString());
  }

  private interface State {
    boolean isSo() throws IOException;
  }

  /** The test's own limit ends it. */
  private void await(State state) throws Exception {
    while (!state.isSo()) {
      assertThat(net.isBroken()).as("a router died by itself").isFalse();
      Thread.yield();
    }
  }

  private long stored() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("here"))) {
      Path part = files.findAny().orElse(folder);
      return Files.isRegularFile(part) ? Files.size(part) : 0;
    }
  }
}
