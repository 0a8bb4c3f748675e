package io.allium.protocol.sam.state;

import io.allium.protocol.sam.SamException;

/**
 * What a driver does next in a {@link Conversation}.
 *
 * @param <T> what the conversation yields
 */
public sealed interface Step<T> {
  /**
   * Write these bytes, then go on.
   *
   * @param bytes what to write, whole and in one write: i2pd reads HELLO per segment. May hold a private key: wipe it
   *     afterwards. The array belongs to the driver.
   * @param then the step that follows the write
   * @param <T> what the conversation yields
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Send<T>(byte[] bytes, Step<T> then) implements Step<T> {
    /** Shows the number of bytes only. */
    @Override
    public String toString() {
      return "Send[" + bytes.length + " bytes, " + then + "]";
    }
  }

  /**
   * Read a line and give it to {@link Conversation#onLine}, or tell {@link Conversation#onEof}.
   *
   * @param <T> what the conversation yields
   */
  record Await<T>() implements Step<T> {}

  /**
   * It worked. Bytes behind the last line are not the conversation's.
   *
   * @param result what it yields
   * @param <T> what the conversation yields
   */
  record Done<T>(T result) implements Step<T> {}

  /**
   * It failed. Close the connection: SAM servers close it too, or what they say next has no meaning.
   *
   * @param error what to throw
   * @param <T> what the conversation yields
   */
  record Failed<T>(SamException error) implements Step<T> {}
}
