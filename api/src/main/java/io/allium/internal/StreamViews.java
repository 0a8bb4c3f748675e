package io.allium.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Objects;

/** A stream as {@code java.io} and {@code java.nio} know it. */
final class StreamViews {
  /** What the views are made of. */
  interface Stream {
    int read(ByteBuffer target) throws IOException;

    void write(ByteBuffer source) throws IOException;

    void flush() throws IOException;

    int available() throws IOException;

    boolean isOpen();

    void close();
  }

  private StreamViews() {}

  /** The reading side. */
  static final class Input extends InputStream {
    private final Stream stream;

    Input(Stream stream) {
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

  /** The writing side. */
  static final class Output extends OutputStream {
    private final Stream stream;

    Output(Stream stream) {
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
    public void flush() throws IOException {
      stream.flush();
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  /** Both. */
  record Channel(Stream stream) implements ByteChannel {
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
}
