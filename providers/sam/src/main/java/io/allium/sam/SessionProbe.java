package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.sam.Ping;
import io.allium.protocol.sam.StreamConnect;
import io.allium.protocol.sam.state.PingConversation;
import io.allium.protocol.sam.state.StreamConnectConversation;
import io.allium.spi.Call;
import java.net.SocketAddress;
import java.util.OptionalInt;

/**
 * Asks about one session on a connection of its own, where no answer can do harm.
 *
 * @param bridge how to greet the router
 * @param router where it is: what has its name by now may be another one
 * @param id the session
 */
record SessionProbe(SamBridge bridge, SocketAddress router, String id) {
  /** No digit 1 stands in base 32, so this is nobody's address, and nothing is asked of the network. */
  private static final String IMPOSSIBLE = "1.b32.i2p";

  enum Answer {
    /** Nobody greets there, or not before the call was aborted. */
    ABSENT,
    PONG,
    NO_PONG,
    KNOWN,
    UNKNOWN,
    /** The router is there, and that is all. */
    UNCLEAR
  }

  private interface Question {
    Answer ask(SamConnection connection) throws InterruptedException;
  }

  /** Whether the router answers PING (SAM v3, "PING/PONG"); some end the connection. */
  Answer ping(Call call) throws InterruptedException {
    return ask(call, SessionProbe::ping);
  }

  /** Whether the router knows the session: STREAM CONNECT looks for it before it looks for the peer. */
  Answer connect(Call call) throws InterruptedException {
    return ask(call, this::connect);
  }

  private Answer ask(Call call, Question question) throws InterruptedException {
    try (SamConnection connection = bridge.connect(router, call)) {
      return question.ask(connection);
    } catch (I2pException e) {
      return call.aborted() || e.kind() == ErrorKind.ROUTER_UNREACHABLE
          ? Answer.ABSENT
          : Answer.UNCLEAR;
    }
  }

  private static Answer ping(SamConnection connection) throws InterruptedException {
    try {
      connection.run(new PingConversation(new Ping("")));
      return Answer.PONG;
    } catch (I2pException e) {
      return Answer.NO_PONG;
    }
  }

  private Answer connect(SamConnection connection) throws InterruptedException {
    try {
      connection.run(new StreamConnectConversation(
          new StreamConnect(id, IMPOSSIBLE, false, OptionalInt.empty(), OptionalInt.empty())));
      return Answer.UNCLEAR;
    } catch (I2pException e) {
      return switch (e.kind()) {
        case NAME_NOT_FOUND -> Answer.KNOWN;
        case SESSION_LOST -> Answer.UNKNOWN;
        default -> Answer.UNCLEAR;
      };
    }
  }
}
