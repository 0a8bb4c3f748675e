package io.allium;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** The writing side of a stream as {@code java.io} knows it. */
final class StreamOutput extends OutputStream {
  private final I2pStream stream;

  StreamOutput(I2pStream stream) {
    this.stream = stream;
  }

  @Override
  public void write(int value) throws IOException {
    stream.write(ByteBuffer.wrap(new byte[] {(byte) value}));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length > 0) {
      stream.write(ByteBuffer.wrap(bytes, offset, length));
    }
  }

  @Override
  public void close() {
    stream.close();
  }
}
