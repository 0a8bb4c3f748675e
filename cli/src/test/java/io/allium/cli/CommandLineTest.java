package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.allium.DestinationKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What whole command lines are answered with. Signals, and whatever else needs a process: {@link CommandLineProcessTest}. */
class CommandLineTest {
  /** Nothing listens there. */
  private static final String NOBODY = "sam://127.0.0.1:1";

  private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  @TempDir
  Path folder;

  @Test
  void demoTellsItsStoryAndEndsWell() throws Exception {
    Program.Result result = Within.run("demo");
    assertThat(result.code()).isZero();
    assertThat(result.output().getFirst()).contains("simulated", "no anonymity");
    assertThat(result.output()).anyMatch(line -> line.matches("server [a-z2-7]{52}\\.b32\\.i2p"));
    assertThat(result.output()).anyMatch(line -> line.startsWith("PING answered with PONG"));
    assertThat(result.output()).anyMatch(line -> line.contains("answered 200: Hello"));
    assertThat(result.output().getLast()).matches("demo ok in [0-9.]+ s");
    assertThat(result.errors()).isEmpty();
  }

  @Test
  void jsonIsOneObjectALine() throws Exception {
    Program.Result result = Within.run("--json", "demo");
    assertThat(result.output()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    assertThat(result.output().getLast()).contains("\"demo\":\"ok\"");
  }

  @Test
  void anOptionThatIsNoneOfI2cpIsRefused() throws Exception {
    try (ServerSocket router = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> greet(router));
      Program.Result result = Within.run(
          "--router",
          "sam://127.0.0.1:" + router.getLocalPort(),
          "listen",
          "--option",
          "STYLE=RAW");
      assertThat(result.code()).as(result.errors()).isEqualTo(64);
      assertThat(result.errors()).contains("STYLE");
    }
  }

  /** As a router with SAM that is asked no more than its version. */
  private static void greet(ServerSocket router) {
    try {
      while (true) {
        Socket client = router.accept();
        client
            .getOutputStream()
            .write("HELLO REPLY RESULT=OK VERSION=3.1\n".getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      // the test is over
    }
  }

  @Test
  void aWrongOptionMakesNoKeys() throws Exception {
    Path file = folder.resolve("no.keys");
    Program.Result result = Within.run(
        "--router", "memory:x", "ping-pong", "server", "--keys", file.toString(), "--hops", "8");
    assertThat(result.code()).isEqualTo(64);
    assertThat(file).doesNotExist();
  }

  @Test
  void aForwardTellsAnAddressThatItTakes() throws Exception {
    assumeThat(hasIpv6()).isTrue();
    try (CommandRun forward = startForward("[::1]:0")) {
      assertThat(forward.line()).matches("tcp \\[[0-9a-f:]+]:[1-9][0-9]*");
      assertThat(forward.line()).isEqualTo("ready");
    }
  }

  private static boolean hasIpv6() throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getByAddress(IPV6_LOOPBACK), 0));
      return true;
    } catch (SocketException e) {
      return false;
    }
  }

  @Test
  void keysAreMadeOnceForTheirOwnerAlone() throws Exception {
    Path file = folder.resolve("site.keys");
    Program.Result made = Within.run("keys", "new", file.toString());
    assertThat(made.code()).isZero();
    assertThat(made.output()).element(0).asString().matches("address [a-z2-7]{52}\\.b32\\.i2p");
    assertThat(made.output()).element(1).asString().startsWith("destination ");
    assertThat(made.output()).element(2).isEqualTo("type ED25519");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    byte[] content = Files.readAllBytes(file);

    Program.Result again = Within.run("keys", "new", file.toString());
    assertThat(again.code()).isEqualTo(73);
    assertThat(again.errors()).contains("never overwritten").doesNotContain("\tat ");
    assertThat(Files.readAllBytes(file)).isEqualTo(content);

    assertThat(Within.run("keys", "show", file.toString()).output()).isEqualTo(made.output());
    try (DestinationKeys keys = DestinationKeys.load(file)) {
      assertThat(made.output().getFirst()).endsWith(keys.destination().base32().text());
    }
  }

  @Test
  void asJsonAnIdentityIsOneObject() throws Exception {
    Path file = folder.resolve("json.keys");
    Program.Result made = Within.run("--json", "keys", "new", file.toString());
    assertThat(made.output()).hasSize(1);
    assertThat(made.output().getFirst())
        .matches("\\{\"address\":.*\"destination\":.*\"type\":\"ED25519\"}");
  }

  @Test
  void whatEverybodyCanReadHoldsNoSecret() throws Exception {
    Path site = Files.createDirectories(folder.resolve("site"));
    Path within = Files.createDirectories(site.resolve("within"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), within);
    Path password = Files.writeString(within.resolve("password"), "me\nopen sesame\n");
    for (List<String> options : List.of(
        List.of("--keys", site.resolve("new.keys").toString()),
        List.of("--keys", within.resolve("new.keys").toString()),
        List.of("--keys", link.resolve("new.keys").toString()),
        List.of("--router-auth", password.toString()))) {
      List<String> command =
          new ArrayList<>(List.of("--router", "memory:x", "serve", site.toString()));
      command.addAll(options);
      Program.Result result = Within.run(command.toArray(String[]::new));
      assertThat(result.code()).as(result.errors()).isEqualTo(64);
      assertThat(result.errors()).hasLineCount(1).contains("everybody could read it");
      assertThat(result.output()).isEmpty();
    }
    assertThat(within).isDirectoryNotContaining("glob:**.keys");
    assertThat(site).isDirectoryNotContaining("glob:**.keys");
  }

  @Test
  void aPasswordInThePlaceOfItsFileIsNotRepeated() throws Exception {
    Program.Result result =
        Within.run("--router", "sam://127.0.0.1:1", "--router-auth", "me:open-sesame", "status");
    assertThat(result.code()).isEqualTo(78);
    assertThat(result.errors()).contains("--router-auth").doesNotContain("sesame");
    result = Within.run(
        "--router", "sam://127.0.0.1:1", "--router-auth", "me:open-sesame", "serve", ".");
    assertThat(result.errors()).contains("--router-auth").doesNotContain("sesame");
  }

  @Test
  void everySignatureTypeCanBeMade() throws Exception {
    Program.Result made =
        Within.run("keys", "new", folder.resolve("k").toString(), "--type", "red25519");
    assertThat(made.output()).contains("type RED25519");
  }

  @Test
  void aDamagedKeyFileIsBadData() throws Exception {
    Path file = Files.writeString(folder.resolve("bad.keys"), "not keys");
    Program.Result result = Within.run("keys", "show", file.toString());
    assertThat(result.code()).isEqualTo(65);
    assertThat(result.errors()).startsWith("allium: ").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "64, nonsense",
    "64, --router-auth /no/such/file status",
    "64, get",
    "64, get ftp://example.i2p/",
    "64, forward client 127.0.0.1 example.i2p",
    "64, forward server example.i2p:80",
    "64, proxy",
    "64, proxy http --listen 4444",
    "64, proxy socks --listen example.i2p:1080",
    "69, --router sam://127.0.0.1:1 proxy http --listen 127.0.0.1:0",
    "64, keys",
    "64, demo --hops many",
    "64, demo --hops 8",
    "64, serve . --port 70000",
    "64, listen --port -1",
    "64, ping-pong client example.i2p -n 0",
    "64, get http://example.i2p:99999/",
    "64, connect example.i2p -w -1",
    "65, keys show /no/such/file",
    "73, --router memory:x listen --keys /no/such/folder/k",
    "65, get http://example.com/",
    "65, connect 127.0.0.1",
    "65, ping-pong client http://example.i2p/",
    "65, serve /no/such/folder",
    "69, --router sam://127.0.0.1:1 status",
    "69, --router sam://127.0.0.1:1 demo",
    "69, --router sam://127.0.0.1:1 resolve example.i2p",
    "65, isup abc",
    "69, --router sam://127.0.0.1:1 isup example.i2p",
    "64, --router memory:x send",
    "64, --router memory:x send -",
    "65, --router memory:x send /no/such/file",
    "65, --router memory:x send /tmp",
    "64, --router memory:x receive",
    "64, --router memory:x receive example.i2p -o -",
    "64, --router memory:x receive example.i2p --timeout 0",
    "64, --router memory:x receive example.i2p --timeout 604801",
    "65, --router memory:x receive 127.0.0.1",
    "73, --router memory:x receive example.i2p -o /tmp",
    "73, --router memory:x receive example.i2p -o /no/such/folder/file",
    "68, --router memory:x receive nobody.i2p",
    "69, --router sam://127.0.0.1:1 receive example.i2p",
    "78, --router nonsense:/ status",
    "78, --router sam://user:pass@127.0.0.1 status",
    "78, --router sam://127.0.0.1:1 --router-auth /no/such/file status",
  })
  void everyErrorIsOneSentenceWithItsCode(int code, String commandLine) throws Exception {
    Program.Result result = Within.run(commandLine.split(" "));
    assertThat(result.code()).as(result.errors()).isEqualTo(code);
    assertThat(result.errors())
        .startsWith("allium: ")
        .hasLineCount(1)
        .doesNotContain("\tat ")
        .doesNotContain("pass@");
    assertThat(result.output()).isEmpty();
  }

  @Test
  void aPipeIsNotSent() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Program.Result result = Within.run("--router", "memory:x", "send", pipe.toString());
    assertThat(result.code()).isEqualTo(65);
    assertThat(result.errors()).hasLineCount(1).contains("not an ordinary file");
  }

  @Test
  void aRouterThatIsOffIsExplained() throws Exception {
    assertThat(Within.run("--router", NOBODY, "status").errors())
        .contains("127.0.0.1:1", "SAM application bridge", "i2pd.conf");
  }

  @Test
  void unknownNamesAndOfflinePeersHaveCodesOfTheirOwn() throws Exception {
    assertThat(Within.run("--router", "memory:x", "resolve", "nobody.i2p").code())
        .isEqualTo(68);
    assertThat(Within.run("--router", "memory:x", "get", "http://nobody.i2p/").code())
        .isEqualTo(68);
    Program.Result down = Within.run("--router", "memory:x", "isup", "nobody.i2p");
    assertThat(down.output()).containsExactly("nobody.i2p down name_not_found");
    assertThat(down.code()).isEqualTo(75);
  }

  @Test
  void statusIsKeysAndValues() throws Exception {
    Program.Result result = Within.run("--router", "memory:x", "status");
    assertThat(result.output()).contains("router memory:x", "version memory");
    assertThat(result.output()).anyMatch(line -> line.startsWith("capabilities stream,"));
  }

  private static CommandRun startForward(String local) {
    ForwardCommand.Client forward = new ForwardCommand.Client();
    forward.local = local;
    try (DestinationKeys nobody = DestinationKeys.generate()) {
      forward.address = nobody.destination().base64();
    }
    return CommandRun.start(URI.create("memory:x"), forward);
  }

  @Test
  void aForwardTellsTheRealPort() throws Exception {
    try (CommandRun forward = startForward("127.0.0.1:0")) {
      String line = forward.line();
      assertThat(line).matches("tcp 127\\.0\\.0\\.1:[1-9][0-9]*");
      assertThat(forward.line()).isEqualTo("ready");
      new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(line.replaceAll(".*:", "")))
          .close();
      assertThat(forward.mayBeStopped()).isTrue();
      assertThat(forward.hasSaid("other machines")).isFalse();
    }
  }

  @Test
  void aForwardThatOtherMachinesReachSaysSo() throws Exception {
    try (CommandRun forward = startForward("0.0.0.0:0")) {
      assertThat(forward.line()).matches("tcp 0\\.0\\.0\\.0:[1-9][0-9]*");
      assertThat(forward.line()).isEqualTo("ready");
      assertThat(forward.hasSaid("other machines can use 0.0.0.0:0")).isTrue();
    }
  }

  @Test
  void aWatchIsReadyOnceItWatches() throws Exception {
    StatusCommand command = new StatusCommand();
    command.watch = true;
    try (CommandRun watch = CommandRun.start(URI.create("memory:x"), command)) {
      String line = watch.line();
      assertThat(line).isEqualTo("router memory:x");
      while (!line.equals("ready")) {
        line = watch.line();
      }
      assertThat(watch.mayBeStopped()).isTrue();
    }
  }

  @Test
  void aSecondForwardOnATakenPortIsRefused() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Program.Result result = Within.run(
          "--router",
          "memory:x",
          "forward",
          "client",
          "127.0.0.1:" + taken.getLocalPort(),
          "example.i2p");
      assertThat(result.code()).isEqualTo(78);
      assertThat(result.errors()).contains("choose another port");
    }
  }

  @Test
  void helpNamesEveryCommand() throws Exception {
    assertThat(String.join("\n", Within.run("--help").output()))
        .contains(
            "demo", "keys", "resolve", "isup", "get", "serve", "ping-pong", "listen", "connect")
        .contains("forward", "proxy", "status");
  }
}
