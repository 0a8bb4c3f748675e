package io.allium.benchmarks;

import java.util.function.Consumer;

/** A destination that is online through I2CP, by one library or the other. */
interface I2cpClient extends AutoCloseable {
  /** Ours, in base 64. */
  String destination();

  /** To whom everything goes from now on, in base 64. */
  void peer(String destination) throws Exception;

  /** Who is told of every payload, on one thread. */
  void tell(Consumer<byte[]> listener);

  /**
   * Sends one datagram, and blocks while there is no room.
   *
   * @param signed a repliable one, rather than a raw one
   */
  void send(boolean signed, byte[] payload) throws Exception;

  @Override
  void close() throws Exception;
}
