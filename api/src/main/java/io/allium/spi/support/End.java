package io.allium.spi.support;

import io.allium.ErrorKind;
import io.allium.I2pException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Why something is over, once it is; the first reason counts. Safe for use by several threads; never blocks. */
public final class End {
  private final AtomicReference<@Nullable Reason> why = new AtomicReference<>();

  private record Reason(
      ErrorKind kind, String message, @Nullable I2pException given) {
    I2pException exception() {
      return given == null ? new I2pException(kind, message) : given;
    }
  }

  /** Not ended yet. */
  public End() {}

  /**
   * Ends it, unless it has ended.
   *
   * @param reason what every later call fails with
   * @return whether this was the end
   */
  public boolean set(I2pException reason) {
    return why.compareAndSet(null, new Reason(reason.kind(), "", reason));
  }

  /**
   * Ends it, unless it has ended, without the cost of an exception that nobody may ever see.
   *
   * @param kind of what every later call fails with
   * @param message its words
   * @return whether this was the end
   */
  public boolean set(ErrorKind kind, String message) {
    return why.compareAndSet(null, new Reason(kind, message, null));
  }

  /**
   * Whether it is over.
   *
   * @return true from the first {@link #set} on
   */
  public boolean isSet() {
    return why.get() != null;
  }

  /**
   * Why it is over.
   *
   * @return the first reason, or null while it goes on
   */
  public @Nullable I2pException why() {
    Reason reason = why.get();
    return reason == null ? null : reason.exception();
  }

  /**
   * Fails if it is over.
   *
   * @throws I2pException the reason, with the stack of this call
   */
  public void check() throws I2pException {
    Reason reason = why.get();
    if (reason != null) {
      throw again(reason.exception());
    }
  }

  /**
   * Fails if it is over, and says what was tried.
   *
   * @param what the operation, such as {@code connect}
   * @throws I2pException the reason, with the stack of this call
   */
  public void check(String what) throws I2pException {
    Reason reason = why.get();
    if (reason != null) {
      throw again(what, reason.exception());
    }
  }

  /**
   * The same failure, with the stack of the caller that meets it now.
   *
   * @param cause what happened, maybe on another thread
   * @return to be thrown
   */
  public static I2pException again(I2pException cause) {
    return new I2pException(cause.kind(), String.valueOf(cause.getMessage()), cause);
  }

  /**
   * The same failure, with the stack and the words of the caller that meets it now.
   *
   * @param what the operation, such as {@code connect}
   * @param cause what happened, maybe on another thread
   * @return to be thrown
   */
  public static I2pException again(String what, I2pException cause) {
    return new I2pException(cause.kind(), what + ": " + cause.getMessage(), cause);
  }

  /** The kind of the reason, if there is one. */
  @Override
  public String toString() {
    Reason reason = why.get();
    return reason == null ? "End[open]" : "End[" + reason.kind() + "]";
  }
}
