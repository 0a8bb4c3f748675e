package io.allium;

/** Something that was registered and can be cancelled: a listener, a timer, or an action for an abort. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
  /** Cancels it: it does not start any more. What has already started goes on. Idempotent, never blocks. */
  @Override
  void close();
}
