package io.allium.protocol.sam.state;

import io.allium.protocol.sam.Ping;
import io.allium.protocol.sam.Pong;
import io.allium.protocol.sam.SamPhase;
import io.allium.protocol.sam.SamReply;

/**
 * Asks the server whether it is there (SAM v3, "PING/PONG"), from 3.2: i2pd closes the session on PING. Yields the PONG
 * with the same text; others are skipped.
 */
public final class PingConversation extends Conversation<Pong> {
  private final Ping command;

  /**
   * A question.
   *
   * @param command the PING, with a text that tells its PONG from earlier ones
   */
  public PingConversation(Ping command) {
    super(SamPhase.PING);
    this.command = command;
  }

  @Override
  Step<Pong> first() {
    return send(command);
  }

  @Override
  Step<Pong> onPong(Pong pong) {
    return pong.equals(command.pong()) ? new Step.Done<>(pong) : await();
  }

  @Override
  Step<Pong> onReply(SamReply reply) {
    return other(reply);
  }
}
