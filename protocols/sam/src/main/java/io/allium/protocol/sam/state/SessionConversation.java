package io.allium.protocol.sam.state;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.sam.SamCommand;
import io.allium.protocol.sam.SamReply;
import io.allium.protocol.sam.SamStyle;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.SessionAdd;
import io.allium.protocol.sam.SessionCreate;
import io.allium.protocol.sam.SessionRemove;
import io.allium.protocol.sam.SessionStatus;

/**
 * Creates a session, or adds or removes a subsession on the connection of its primary session (SAM v3, "Session
 * Creation Response"). Yields the status, which holds the private key if the server made the destination.
 *
 * <p>The answer to SESSION CREATE may take minutes: the router builds tunnels first. A refused ADD or REMOVE leaves the
 * primary session usable where the server keeps the connection. Once created, a {@link SessionWatch} takes over.
 */
public final class SessionConversation extends Conversation<SessionStatus> {
  private final SamCommand command;
  private final boolean needsKey;

  private SessionConversation(Phase phase, SamCommand command, boolean needsKey) {
    super(phase);
    this.command = command;
    this.needsKey = needsKey;
  }

  /**
   * Creates a session.
   *
   * @param command what to create
   * @param version what was agreed
   * @return the conversation
   * @throws I2pException of kind {@link ErrorKind#CONFIG_INVALID} if an option cannot be sent with this version: before
   *     3.2 no value may hold a space, quote, backslash or non-ASCII character; of kind {@link ErrorKind#UNSUPPORTED}
   *     for a PRIMARY session before 3.3. MASTER is let through: i2pd has it at 3.1
   */
  public static SessionConversation create(SessionCreate command, SamVersion version)
      throws I2pException {
    if (command.style() == SamStyle.PRIMARY && !version.hasPrimarySessions()) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED, "Primary sessions need SAM 3.3; the router has " + version);
    }
    command.message().requirePrintable(version);
    return new SessionConversation(Phase.SESSION_CREATE, command, command.isTransient());
  }

  /**
   * Adds a subsession.
   *
   * @param command what to add
   * @param version what was agreed
   * @return the conversation
   * @throws I2pException of kind {@link ErrorKind#CONFIG_INVALID} as {@link #create}
   */
  public static SessionConversation add(SessionAdd command, SamVersion version)
      throws I2pException {
    command.message().requirePrintable(version);
    return new SessionConversation(Phase.SESSION_ADD, command, false);
  }

  /**
   * Removes a subsession.
   *
   * @param command what to remove
   * @return the conversation
   */
  public static SessionConversation remove(SessionRemove command) {
    return new SessionConversation(Phase.SESSION_REMOVE, command, false);
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
    if (needsKey && status.privateKey().isEmpty()) {
      return new Step.Failed<>(new I2pException(
          ErrorKind.PROTOCOL_VIOLATION, "The router created a destination and did not say which"));
    }
    return new Step.Done<>(status);
  }
}
