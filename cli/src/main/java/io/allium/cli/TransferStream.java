package io.allium.cli;

import io.allium.I2pStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** The messages of a file transfer over a stream. For one thread. */
final class TransferStream {
  /** Whoever is busy says so more often; over I2P an answer takes seconds. */
  static final Duration SILENCE = Duration.ofSeconds(30);

  private final I2pStream stream;
  private final InputStream in;

  TransferStream(I2pStream stream, Duration silence) {
    this.stream = stream;
    stream.readTimeout(silence);
    stream.writeTimeout(silence);
    in = new BufferedInputStream(
        stream.input(), TransferCodec.HEADER_LENGTH + TransferCodec.MAX_DATA);
  }

  void write(TransferMessage message) throws IOException {
    stream.output().write(TransferCodec.encode(message));
  }

  TransferMessage read() throws IOException {
    byte[] header = exactly(TransferCodec.HEADER_LENGTH);
    return TransferCodec.decode(header, exactly(TransferCodec.payloadLength(header)));
  }

  /** Waits until the peer hangs up, within a limit: what was written to it has arrived then. */
  void awaitEnd(Duration limit) {
    byte[] late = new byte[TransferCodec.MAX_DATA];
    long start = System.nanoTime();
    stream.readTimeout(limit);
    try {
      while (in.read(late) >= 0 && System.nanoTime() - start < limit.toNanos()) {}
    } catch (IOException e) {
      // cut, or silent: nothing more can be known
    }
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the peer ended the stream before the transfer was over");
    }
    return bytes;
  }
}
