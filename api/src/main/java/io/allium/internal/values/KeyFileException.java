package io.allium.internal.values;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Why a key file cannot be used: one sentence that says what to do, and never a key. */
public final class KeyFileException extends IOException {
  @Serial
  private static final long serialVersionUID = 1;

  /** What is to be corrected. */
  public enum Reason {
    /** The path, or what is there. */
    PATH,
    /** The content. */
    CONTENT,
    /** Nothing: the thread was interrupted. */
    INTERRUPTED
  }

  /** The reason. */
  private final Reason reason;

  KeyFileException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What is to be corrected. */
  public Reason reason() {
    return reason;
  }
}
