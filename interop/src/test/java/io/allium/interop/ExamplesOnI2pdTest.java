package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DestinationKeys;
import io.allium.examples.Chat;
import io.allium.examples.ClockClient;
import io.allium.examples.ClockServer;
import io.allium.examples.HttpSite;
import io.allium.examples.IsUp;
import io.allium.examples.PingPong;
import io.allium.examples.Wget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples, as programs, on real routers. */
@RequiresI2pd
class ExamplesOnI2pdTest {
  /** i2pd sometimes never publishes a session: only a new program, with another destination, is reachable then. */
  private static final int TRIES = 10;

  @TempDir
  Path folder;

  private String here = "";
  private String there = "";

  @BeforeEach
  void routers() throws IOException {
    TestNet net = SharedNet.fast();
    here = net.router(0).toString();
    there = net.router(1).toString();
  }

  @Test
  void pingPong() throws Exception {
    for (int i = 1; ; i++) {
      try (Program pingPong = Program.java(PingPong.class, here)) {
        Program.Ended ended = pingPong.end();
        if (ended.code() == 0 || i == TRIES) {
          assertThat(ended.lines()).as(ended.errors()).containsExactly("PING", "PONG");
          return;
        }
      }
    }
  }

  @Test
  void wgetAndIsUpReachAnHttpSiteOnAnotherRouter() throws Exception {
    Path pages = Files.createDirectory(folder.resolve("pages"));
    Files.writeString(pages.resolve("hello.txt"), "hello from a folder");
    for (int i = 1; ; i++) {
      String keys = folder.resolve("site" + i + ".keys").toString();
      try (Program site = Program.java(HttpSite.class, there, pages.toString(), keys)) {
        String host = site.line().replaceAll("http://|/", "");
        Program.Ended fetched = run(Wget.class, here, host, "/hello.txt");
        if (fetched.last().isEmpty() && i < TRIES) {
          continue;
        }
        assertThat(fetched.lines())
            .as(fetched.errors())
            .startsWith("HTTP/1.1 200 OK")
            .endsWith("hello from a folder");
        try (DestinationKeys nobody = DestinationKeys.generate()) {
          String offline = nobody.destination().base32().text();
          assertThat(run(IsUp.class, here, host, offline).lines())
              .containsExactlyInAnyOrder(host + " up", offline + " down");
        }
        return;
      }
    }
  }

  @Test
  void theClockAnswers() throws Exception {
    for (int i = 1; ; i++) {
      String keys = folder.resolve("clock" + i + ".keys").toString();
      try (Program clock = Program.java(ClockServer.class, there, keys)) {
        Program.Ended asked = run(ClockClient.class, here, clock.line());
        if (asked.code() == 0 || i == TRIES) {
          assertThat(asked.last()).as(asked.errors()).contains("offset ", " ms, round trip ");
          return;
        }
      }
    }
  }

  @Test
  void friendsSeeEachOther() throws Exception {
    for (int i = 1; ; i++) {
      Path annKeys = folder.resolve("ann" + i);
      Path bobKeys = folder.resolve("bob" + i);
      try (Program ann = chat(annKeys, here, "bob=" + identity(bobKeys));
          Program bob = chat(bobKeys, there, "ann=" + identity(annKeys))) {
        ann.line(); // both say who they are
        bob.line();
        String bobsState = ann.line();
        String annsState = bob.line();
        if (!bobsState.isEmpty() && !annsState.isEmpty() || i == TRIES) {
          assertThat(bobsState).isEqualTo("bob is online");
          assertThat(annsState).isEqualTo("ann is online");
          return;
        }
      }
    }
  }

  private static Program chat(Path keys, String router, String friend) throws IOException {
    return Program.java(Chat.class, router, keys.toString(), friend);
  }

  private static String identity(Path keys) throws IOException {
    try (DestinationKeys made = DestinationKeys.loadOrCreate(keys)) {
      return made.destination().base32().text();
    }
  }

  private static Program.Ended run(Class<?> main, String... args) throws Exception {
    try (Program program = Program.java(main, args)) {
      return program.end();
    }
  }
}
