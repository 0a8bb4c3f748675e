package io.allium;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** The reading side of a stream as {@code java.io} knows it. */
final class StreamInput extends InputStream {
  private final I2pStream stream;

  StreamInput(I2pStream stream) {
    this.stream = stream;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return stream.read(ByteBuffer.wrap(one)) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return length == 0 ? 0 : stream.read(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public int available() throws IOException {
    return stream.available();
  }

  @Override
  public void close() {
    stream.close();
  }
}
