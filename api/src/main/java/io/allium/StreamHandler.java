package io.allium;

import java.io.IOException;

/** Serves one incoming stream: {@link I2pAcceptor#serve}. */
@FunctionalInterface
public interface StreamHandler {
  /**
   * Serves a stream on a virtual thread of its own; the stream is closed when this returns and reset if it throws.
   *
   * @param stream the stream
   * @throws IOException if serving failed; logged, and harms no other stream
   */
  void handle(I2pStream stream) throws IOException;
}
