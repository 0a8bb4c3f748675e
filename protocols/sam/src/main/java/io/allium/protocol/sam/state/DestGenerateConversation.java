package io.allium.protocol.sam.state;

import io.allium.protocol.sam.DestGenerate;
import io.allium.protocol.sam.DestReply;
import io.allium.protocol.sam.SamReply;

/**
 * Lets the router make keys (SAM v3, "Destination Key Generation"). Yields the reply with both halves. Keys made by
 * {@code io.allium.DestinationKeys} never leave the program before they are used; prefer those.
 */
public final class DestGenerateConversation extends Conversation<DestReply> {
  private final DestGenerate command;

  /**
   * A request for keys.
   *
   * @param command which signature type
   */
  public DestGenerateConversation(DestGenerate command) {
    super(Phase.DEST_GENERATE);
    this.command = command;
  }

  @Override
  Step<DestReply> first() {
    return send(command);
  }

  @Override
  Step<DestReply> onReply(SamReply reply) {
    if (!(reply instanceof DestReply answer)) {
      return other(reply);
    }
    return answer.result().isOk()
        ? new Step.Done<>(answer)
        : refused(answer.result(), answer.note());
  }
}
