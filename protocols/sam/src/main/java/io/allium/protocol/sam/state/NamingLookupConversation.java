package io.allium.protocol.sam.state;

import io.allium.protocol.sam.NamingLookup;
import io.allium.protocol.sam.NamingReply;
import io.allium.protocol.sam.SamException;
import io.allium.protocol.sam.SamPhase;
import io.allium.protocol.sam.SamReply;
import io.allium.protocol.sam.SamVersion;

/**
 * Resolves a name (SAM v3, "Host Name Lookup"). Yields the reply with the destination.
 *
 * <p>KEY_NOT_FOUND and INVALID_KEY mean the same: i2pd answers INVALID_KEY to every name that it cannot resolve.
 */
public final class NamingLookupConversation extends Conversation<NamingReply> {
  private final NamingLookup command;

  /**
   * A lookup.
   *
   * @param command what to resolve
   * @param version what was agreed
   * @throws SamException.Unprintable if the name cannot be sent with this version
   */
  public NamingLookupConversation(NamingLookup command, SamVersion version)
      throws SamException.Unprintable {
    super(SamPhase.NAMING_LOOKUP);
    command.message().requirePrintable(version);
    this.command = command;
  }

  @Override
  Step<NamingReply> first() {
    return send(command);
  }

  @Override
  Step<NamingReply> onReply(SamReply reply) {
    if (!(reply instanceof NamingReply answer)) {
      return other(reply);
    }
    if (!answer.result().isOk()) {
      return refused(answer.result(), answer.note());
    }
    // Believing the answer to another question would send data to another peer. Host names know no
    // case.
    if (!answer.name().isEmpty() && !answer.name().equalsIgnoreCase(command.name())) {
      return new Step.Failed<>(new SamException.Violation(SamPhase.NAMING_LOOKUP));
    }
    return new Step.Done<>(answer);
  }
}
