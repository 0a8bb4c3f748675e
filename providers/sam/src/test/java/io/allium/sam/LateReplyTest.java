package io.allium.sam;

import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ConnectOptions;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A router that answers when nobody waits any more: what it made is given back, and everything else goes on. */
class LateReplyTest {
  private static final int ROUNDS = 200;

  /** So short that no heartbeat comes in between. */
  private static final Duration LIMIT = Duration.ofMillis(1);

  /** A call, the command that it sends, and the router's yes. */
  enum Late {
    OPEN("SESSION CREATE", "SESSION STATUS RESULT=OK DESTINATION=" + Fixture.KEYS.exportBase64()),
    CONNECT("STREAM CONNECT", "STREAM STATUS RESULT=OK"),
    RESOLVE("NAMING LOOKUP", "NAMING REPLY RESULT=OK NAME=a.i2p VALUE=" + Fixture.PEER.base64());

    private final String command;
    private final String yes;

    Late(String command, String yes) {
      this.command = command;
      this.yes = yes + "\n";
    }

    /** What the call has while it succeeds has to be closed. */
    AutoCloseable call(I2p i2p, I2pSession session) throws I2pException {
      return switch (this) {
        case OPEN -> i2p.open(config().openTimeout(LIMIT).build());
        case CONNECT ->
          session.connect(TO_PEER, ConnectOptions.builder().timeout(LIMIT).build());
        case RESOLVE -> {
          i2p.resolve("a.i2p");
          yield () -> {};
        }
      };
    }
  }

  private final HandTime time = new HandTime();
  private final StubBridge bridge = StubBridge.speaking("3.1");
  private final I2p i2p = I2p.connect(Clocked.by(time, bridge.uri()));
  private final I2pSession session = i2p.open(config().build());

  LateReplyTest() throws IOException {
    bridge.on("STREAM CONNECT", StubBridge.reply("STREAM STATUS RESULT=INVALID_KEY\n"));
  }

  @AfterEach
  void nothingIsLeft() {
    i2p.close();
    bridge.awaitAllClosed();
    bridge.close();
    StubBridge.await("every timer to end", () -> time.waiting() == 0);
  }

  @AfterAll
  static void noThreadIsLeft() {
    LiveThreads.awaitNone();
  }

  private CompletableFuture<Object> start(Late late) {
    CompletableFuture<Object> outcome = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> {
      try {
        outcome.complete(late.call(i2p, session));
      } catch (I2pException e) {
        outcome.complete(e.kind());
      }
    });
    return outcome;
  }

  private StubConnection awaitCommand(Late late, int count) {
    StubBridge.await(late.command, () -> bridge.connections(late.command).size() == count);
    return bridge.connections(late.command).getLast();
  }

  private void passLimit(Late late) {
    time.advance(late == Late.RESOLVE ? Duration.ofSeconds(30) : LIMIT);
  }

  @ParameterizedTest
  @EnumSource
  void aYesAfterTheDeadlineIsGivenBack(Late late) throws Exception {
    bridge.on(late.command, StubBridge.HANG);
    CompletableFuture<Object> outcome = start(late);
    StubConnection asked = awaitCommand(late, late == Late.OPEN ? 2 : 1);
    passLimit(late);
    assertThat(outcome.get(9, TimeUnit.SECONDS)).isEqualTo(ErrorKind.TIMEOUT);
    StubBridge.await("the call's connection to be closed", asked::clientEnded);
    sendQuietly(asked, late.yes);
    bridge.on(late.command, StubBridge.reply(late.yes));
    late.call(i2p, session).close();
    assertThat(session.status().openStreams()).isZero();
  }

  /** Whoever is first: the program has it, or nobody. */
  @ParameterizedTest
  @EnumSource
  void aYesWithTheDeadlineIsHadByTheCallerOrByNobody(Late late) throws Exception {
    bridge.on(late.command, StubBridge.HANG);
    int before = bridge.connections(late.command).size();
    int had = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      CompletableFuture<Object> outcome = start(late);
      StubConnection asked = awaitCommand(late, before + round);
      Thread reply = Thread.ofVirtual().start(() -> sendQuietly(asked, late.yes));
      if (round % 2 == 0) {
        Thread.yield();
      }
      passLimit(late);
      reply.join();
      Object result = outcome.get(9, TimeUnit.SECONDS);
      if (result instanceof AutoCloseable mine) {
        had++;
        mine.close();
      } else {
        assertThat(result).isEqualTo(ErrorKind.TIMEOUT);
      }
      StubBridge.await("the connection to be closed", asked::clientEnded);
    }
    assertThat(session.status().openStreams()).isZero();
    assertThat(session.status().connected()).isEqualTo(late == Late.CONNECT ? had : 0);
  }

  private static void sendQuietly(StubConnection connection, String text) {
    try {
      connection.send(text);
    } catch (IOException e) {
      assertThat(connection.clientEnded()).as("closed by the client").isTrue();
    }
  }
}
