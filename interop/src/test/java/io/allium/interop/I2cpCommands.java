package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SessionConfig;
import io.allium.cli.Main;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The commands that need no stream, through I2CP, and one that does. */
abstract class I2cpCommands {
  private static final int OK = 0;
  private static final int TRIES = 60;

  /** With no hop, Java routers do not find each other's lease sets. */
  private static final SessionConfig CONFIG =
      SessionConfig.builder().protocols(Protocol.RAW).tunnelLength(1, 1).build();

  abstract URI router(int index) throws Exception;

  private Program.Ended run(String... words) throws Exception {
    String[] all = new String[words.length + 2];
    all[0] = "--router";
    all[1] = router(0).toString();
    System.arraycopy(words, 0, all, 2, words.length);
    try (Program command = Program.java(Main.class, all)) {
      return command.end();
    }
  }

  @Test
  void statusSaysWhichRouterAnswers() throws Exception {
    Program.Ended status = run("status");
    assertThat(status.code()).as(status.errors()).isEqualTo(OK);
    assertThat(status.lines())
        .anySatisfy(line -> assertThat(line).contains(router(0).toString()))
        .anySatisfy(line -> assertThat(line).contains("I2CP"))
        .anySatisfy(line -> assertThat(line).contains("datagram3"));
  }

  @Test
  void resolveFindsADestinationOfAnotherRouter() throws Exception {
    try (I2p other = I2p.connect(router(1).toString());
        I2pSession session = other.open(CONFIG);
        DatagramPort published = session.datagrams(DatagramOptions.of(Protocol.RAW, 0))) {
      String address = session.destination().base32().text();
      Program.Ended resolve = run("resolve", "--full", address);
      for (int i = 0; i < TRIES && resolve.code() != OK; i++) { // it has just been published
        resolve = run("resolve", "--full", address);
      }
      assertThat(resolve.lines())
          .as(resolve.errors())
          .containsExactly(address + " " + session.destination().base64());
      assertThat(published.maxPayload()).isPositive();
    }
  }

  @Test
  void aCommandThatNeedsStreamsSaysWhatToUse() throws Exception {
    Program.Ended connect = run("get", "http://" + "a".repeat(52) + ".b32.i2p/");
    assertThat(connect.code()).isNotEqualTo(OK);
    assertThat(connect.lines()).isEmpty();
    assertThat(connect.errors()).contains("no STREAM", "sam://").doesNotContain("\tat ");
  }
}
