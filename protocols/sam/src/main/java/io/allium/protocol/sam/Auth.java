package io.allium.protocol.sam;

import io.allium.I2pException;
import java.util.Optional;

/**
 * {@code AUTH}: who may use the server (SAM v3, "Authorization Configuration"), from 3.2, optional.
 *
 * @param action what to do
 * @param user whom to add or remove; nothing for the other two
 * @param password the password of a user to add; nothing for the others
 */
public record Auth(Action action, Optional<String> user, Optional<String> password)
    implements SamCommand {
  /** The actions. */
  public enum Action {
    /** Ask for credentials from the next connection on. */
    ENABLE,
    /** Ask no more. */
    DISABLE,
    /** Add a user with a password. */
    ADD,
    /** Remove a user. */
    REMOVE
  }

  static Auth of(SamMessage message) throws I2pException {
    Action action = Action.valueOf(message.action());
    boolean named = action == Action.ADD || action == Action.REMOVE;
    return new Auth(
        action,
        named ? Optional.of(Fields.required(message, "USER")) : Optional.empty(),
        action == Action.ADD
            ? Optional.of(Fields.required(message, "PASSWORD"))
            : Optional.empty());
  }

  @Override
  public SamMessage message() {
    return new Fields.Builder()
        .add("USER", user)
        .add("PASSWORD", password)
        .message("AUTH", action.name());
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
