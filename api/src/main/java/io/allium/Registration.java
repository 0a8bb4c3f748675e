package io.allium;

/** Something that was asked for and can be called off: a listener, a timer, what an abort does. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
  /** Calls it off: it does not begin any more; no effect on what has begun. Idempotent, never blocks. */
  @Override
  void close();
}
