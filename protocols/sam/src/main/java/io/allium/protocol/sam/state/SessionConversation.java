package io.allium.protocol.sam.state;

import io.allium.protocol.sam.SamException;
import io.allium.protocol.sam.SamPhase;
import io.allium.protocol.sam.SamReply;
import io.allium.protocol.sam.SamStyle;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.SessionCreate;
import io.allium.protocol.sam.SessionStatus;

/**
 * Creates a session (SAM v3, "Session Creation Response"). Yields the status, which holds the private key if the server
 * made the destination.
 *
 * <p>The answer may take minutes: the router builds tunnels first. Once created, a {@link SessionWatch} takes over.
 */
public final class SessionConversation extends Conversation<SessionStatus> {
  private final SessionCreate command;

  /**
   * A session to create.
   *
   * @param command what to create
   * @param version what was agreed
   * @throws SamException.Unprintable if an option cannot be sent with this version: before 3.2 no value may hold a space,
   *     quote, backslash or non-ASCII character
   * @throws SamException.Unsupported for a PRIMARY session before 3.3. MASTER is let through: i2pd has it at 3.1
   */
  public SessionConversation(SessionCreate command, SamVersion version)
      throws SamException.Unprintable, SamException.Unsupported {
    super(SamPhase.SESSION_CREATE);
    if (command.style() == SamStyle.PRIMARY && !version.hasPrimarySessions()) {
      throw new SamException.Unsupported(
          "Primary sessions need SAM 3.3; the router has " + version);
    }
    command.message().requirePrintable(version);
    this.command = command;
  }

  @Override
  Step<SessionStatus> first() {
    return send(command);
  }

  @Override
  Step<SessionStatus> onReply(SamReply reply) {
    if (!(reply instanceof SessionStatus status)) {
      return other(reply);
    }
    if (!status.result().isOk()) {
      return refused(status.result(), status.note());
    }
    if (command.isTransient() && status.privateKey().isEmpty()) {
      return new Step.Failed<>(
          new SamException.Violation("The router created a destination and did not say which"));
    }
    return new Step.Done<>(status);
  }
}
