package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code allium listen} and {@code connect} on two routers at the real clock, with what goes wrong in between. */
@RequiresI2pd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetcatOnI2pdTest {
  private static final int TRY_AGAIN = 75;
  private static final Duration PAUSE = Duration.ofSeconds(12);

  private TestNet net;
  private Path folder = Path.of("");

  /** They become reachable at the same time. */
  private Program answering;

  private Program killed;
  private Program paused;

  @SuppressWarnings("NullAway.Init") // start() sets all before any test
  NetcatOnI2pdTest() {}

  @BeforeAll
  void start(@TempDir Path given) throws IOException {
    folder = given;
    net = TestNet.start(2, TestNet.REAL, "--no-check");
    answering = listen("{ " + until(file("asked")) + "sleep 7; echo answer; }");
    killed = listen("sleep 1000");
    paused = listen("sleep 1000");
  }

  @AfterAll
  void stop() throws IOException {
    answering.close();
    killed.close();
    paused.close();
    net.close();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private Program allium(String line, int router, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of("--router", net.router(router).toString()));
    all.addAll(List.of(args));
    all.addAll(List.of("--hops", "0", "--tunnels", "5"));
    return Program.shell(line, Main.class, all.toArray(String[]::new));
  }

  /** What it says on standard error comes first. */
  private Program listen(String input) throws IOException {
    return allium(input + " | \"$@\" 2>&1", 1, "listen", "--await-reachable");
  }

  private Program connect(String input, String address) throws IOException {
    return allium(input + " | \"$@\"", 0, "connect", address);
  }

  private static String until(Path file) {
    return "until [ -e '" + file + "' ]; do sleep 0.1; done; ";
  }

  private static String address(Program listen) throws InterruptedException {
    String address = "";
    for (String line = listen.line(); !line.equals("ready"); line = listen.line()) {
      assertThat(line).as("said before it is ready").isNotEmpty();
      address = line.startsWith("address ") ? line.substring("address ".length()) : address;
    }
    return address;
  }

  /** All at the same time: each mostly waits. */
  @Test
  void nothingIsLostAndNoFailureIsASuccess() throws Exception {
    // the socket to the router holds so much, even where the router takes no more for a dead peer
    String lines = "yes 0123456789 | head -c 300000; ";
    String rest = "head -c 20000 /dev/zero | tr '\\0' x; echo; }";
    try (Program asking = connect("echo request", address(answering));
        Program cut = connect("{ " + lines + until(file("killed")) + lines + "}", address(killed));
        Program patient =
            connect("{ echo first; " + until(file("paused")) + rest, address(paused))) {
      assertThat(answering.line()).isEqualTo("request");
      Files.createFile(file("asked"));
      for (int i = 0; i < 10_000; i++) {
        assertThat(killed.line()).isEqualTo("0123456789");
      }
      killed.close();
      Files.createFile(file("killed"));
      assertThat(paused.line()).isEqualTo("first");
      net.pause(1);
      Files.createFile(file("paused"));
      Thread.sleep(PAUSE);
      net.resume(1);
      assertThat(paused.line()).hasSize(20_000);
      Program.Ended answered = asking.end();
      assertThat(answered.lines()).containsExactly("answer");
      assertThat(answered.code()).as(answered.errors()).isZero();
      Program.Ended lost = cut.end();
      assertThat(lost.code()).as(lost.errors()).isEqualTo(TRY_AGAIN);
      Program.Ended arrived = patient.end();
      assertThat(arrived.code()).as(arrived.errors()).isZero();
    }
  }
}
