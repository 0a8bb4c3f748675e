package io.allium;

import java.io.IOException;
import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one checked exception of Allium. Its {@link #kind()} says where it happened and what to do. Its message is one
 * sentence for a person; addresses in it are shortened, and it never has a key.
 */
public final class I2pException extends IOException {
  @Serial
  private static final long serialVersionUID = 1;

  /** The kind. */
  private final ErrorKind kind;

  /**
   * Creates an exception without a cause.
   *
   * @param kind what went wrong
   * @param message one sentence: what happened and what to do; no key, addresses shortened
   */
  public I2pException(ErrorKind kind, String message) {
    this(kind, message, null);
  }

  /**
   * Creates an exception.
   *
   * @param kind what went wrong
   * @param message one sentence: what happened and what to do; no key, addresses shortened
   * @param cause what led to it, or null
   */
  public I2pException(ErrorKind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  /**
   * What went wrong.
   *
   * @return the kind
   */
  public ErrorKind kind() {
    return kind;
  }
}
