package io.allium.protocol.i2cp;

import java.util.Objects;

/** Bytes of a router that are not what the specification says. The connection they came on is of no more use. */
public final class I2cpException extends Exception {
  private static final long serialVersionUID = 1;

  I2cpException(String message) {
    super(message);
  }

  /**
   * What is wrong: one sentence without a period, which repeats no bytes.
   *
   * @return the sentence
   */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
