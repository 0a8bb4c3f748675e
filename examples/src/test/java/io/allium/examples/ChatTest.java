package io.allium.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DestinationKeys;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.SignatureType;
import io.allium.junit.I2pNetwork;
import io.allium.junit.Router;
import io.allium.memory.MemoryNetwork;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@I2pNetwork
class ChatTest {
  @TempDir
  Path folder;

  private final MemoryNetwork network;
  private String ann = "";
  private String bob = "";

  ChatTest(MemoryNetwork network) {
    this.network = network;
  }

  @BeforeEach
  void identities() throws Exception {
    ann = identity("ann");
    bob = identity("bob");
  }

  @Test
  void friendsSeeWhoIsOnlineAndTalk() throws Exception {
    try (Run atAnn = chat("ann", "bob=" + bob)) {
      atAnn.type("");
      assertThat(atAnn.line()).isEqualTo("bob is offline");
      try (Run atBob = chat("bob", "ann=" + ann)) {
        assertThat(atBob.line()).isEqualTo("ann is online");
        assertThat(atAnn.line()).isEqualTo("bob is online");
        atAnn.type("hello");
        assertThat(atBob.line()).isEqualTo("ann: hello");
        atBob.type("hello \u001b[2J yourself");
        assertThat(atAnn.line()).isEqualTo("bob: hello ?[2J yourself");
        atBob.type("\u009b2J \u202egnp.exe");
        assertThat(atAnn.line()).isEqualTo("bob: ?2J ?gnp.exe");
      }
      assertThat(atAnn.line()).isEqualTo("bob is offline");
      try (Run again = chat("bob", "ann=" + ann)) {
        assertThat(again.line()).isEqualTo("ann is online");
        assertThat(atAnn.line()).isEqualTo("bob is online");
      }
    }
  }

  @Test
  void theyFindEachOtherAgainWhenARouterWasAway() throws Exception {
    try (Run atAnn = chat("ann", "bob=" + bob);
        Run atBob = chat("bob", "ann=" + ann)) {
      assertThat(atBob.line()).isEqualTo("ann is online");
      assertThat(atAnn.line()).isEqualTo("bob is online");
      network.stop("bob");
      assertThat(atBob.line()).isEqualTo("ann is offline");
      assertThat(atAnn.line()).isEqualTo("bob is offline");
      network.start("bob");
      assertThat(atBob.line()).isEqualTo("ann is online");
      assertThat(atAnn.line()).isEqualTo("bob is online");
      atBob.type("back again");
      assertThat(atAnn.line()).isEqualTo("bob: back again");
    }
  }

  @Test
  void strangersAreNotHeard(@Router("elsewhere") I2pSession mallory) throws Exception {
    try (Run atAnn = chat("ann", "bob=" + bob);
        I2pStream stream = mallory.connect(ann)) {
      tell(stream, "I am Bob");
      assertThat(stream.input().read()).isEqualTo(-1);
      atAnn.type("");
      assertThat(atAnn.line()).isEqualTo("bob is offline");
    }
  }

  private static void tell(I2pStream stream, String text) {
    try {
      new DataOutputStream(stream.output()).writeUTF(text);
    } catch (IOException e) {
      // Ann may have hung up already
    }
  }

  private Run chat(String who, String friend) throws Exception {
    Run run = Run.of(Chat::main, network.uri(who).toString(), keys(who).toString(), friend);
    assertThat(run.line()).startsWith("I am ");
    return run;
  }

  private String identity(String who) throws Exception {
    try (DestinationKeys made = DestinationKeys.create(keys(who), SignatureType.ED25519)) {
      return made.destination().base32().text();
    }
  }

  private Path keys(String who) {
    return folder.resolve(who + ".keys");
  }
}
