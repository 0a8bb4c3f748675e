package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2pAddress;
import io.allium.proxy.forward.ClientForward;
import io.allium.proxy.forward.ServerForward;
import io.allium.tck.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** curl, a client forward on one router, a server forward on another, and a web server. */
@RequiresI2pd("curl")
class ForwardTest {
  private static final int BODY = 1 << 20;

  @TempDir
  Path folder;

  @Test
  void curlGetsAndPostsAMegabyteThroughBothForwards() throws Exception {
    byte[] page = new byte[BODY];
    byte[] posted = new byte[BODY];
    new Random(1).nextBytes(page);
    new Random(2).nextBytes(posted);
    Path file = Files.write(folder.resolve("posted"), posted);
    try (LocalSite site = LocalSite.start(page);
        I2pdSubject subject = new I2pdSubject(SharedNet.fast(), 1);
        Pair pair = subject.pair();
        ServerForward server = ServerForward.open(pair.server(), 0, site.address());
        ClientForward client =
            ClientForward.open(pair.client(), I2pAddress.of(server.address().name(), 0))) {
      String url = "http://127.0.0.1:" + client.localAddress().getPort() + "/";
      assertThat(curl(url)).isEqualTo(page);
      assertThat(curl("--data-binary", "@" + file, url)).isEqualTo(posted);
      assertThat(curl("--http1.0", url))
          .as("a page that only the end of the stream ends")
          .isEqualTo(page);
    }
  }

  /** A stream to a router with a fast clock may be lost before it is accepted, so curl may try again. */
  private byte[] curl(String... args) throws Exception {
    Path body = folder.resolve("body");
    List<String> command = new ArrayList<>(List.of(
        "curl",
        "-q",
        "--silent",
        "--show-error",
        "--fail",
        "--noproxy",
        "*",
        "--max-time",
        "10",
        "--retry",
        "3",
        "--retry-all-errors",
        "--retry-delay",
        "1",
        "--output",
        body.toString()));
    command.addAll(List.of(args));
    try (Program curl = Program.start(command)) {
      Program.Ended ended = curl.end();
      assertThat(ended.code()).as(ended.errors()).isZero();
    }
    return Files.readAllBytes(body);
  }
}
