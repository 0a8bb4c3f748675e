package io.allium.spi.support;

import io.allium.I2pException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Why something is over, once it is; the first reason counts. Safe for use by several threads; never blocks. */
public final class End {
  private final AtomicReference<@Nullable I2pException> why = new AtomicReference<>();

  /** Of something that goes on. */
  public End() {}

  /**
   * Ends it, unless it has ended.
   *
   * @param reason what every later call fails with
   * @return whether this was the end
   */
  public boolean set(I2pException reason) {
    return why.compareAndSet(null, reason);
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
    return why.get();
  }

  /**
   * Fails if it is over.
   *
   * @throws I2pException the reason, with the stack of this call
   */
  public void check() throws I2pException {
    I2pException reason = why.get();
    if (reason != null) {
      throw again(reason);
    }
  }

  /**
   * Fails if it is over, and says what was tried.
   *
   * @param what the operation, such as {@code connect}
   * @throws I2pException the reason, with the stack of this call
   */
  public void check(String what) throws I2pException {
    I2pException reason = why.get();
    if (reason != null) {
      throw again(what, reason);
    }
  }

  /**
   * The same failure, with the stack of whoever runs into it now.
   *
   * @param cause what happened, maybe on another thread
   * @return to be thrown
   */
  public static I2pException again(I2pException cause) {
    return new I2pException(cause.kind(), String.valueOf(cause.getMessage()), cause);
  }

  /**
   * The same failure, with the stack and the words of whoever runs into it now.
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
    I2pException reason = why.get();
    return reason == null ? "End[open]" : "End[" + reason.kind() + "]";
  }
}
