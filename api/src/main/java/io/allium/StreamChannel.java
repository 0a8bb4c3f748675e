package io.allium;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** A stream as {@code java.nio} knows it. */
final class StreamChannel implements ByteChannel {
  private final I2pStream stream;

  StreamChannel(I2pStream stream) {
    this.stream = stream;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return target.hasRemaining() ? stream.read(target) : 0;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int count = source.remaining();
    if (count > 0) {
      stream.write(source);
    }
    return count;
  }

  @Override
  public boolean isOpen() {
    return stream.isOpen();
  }

  @Override
  public void close() {
    stream.close();
  }
}
