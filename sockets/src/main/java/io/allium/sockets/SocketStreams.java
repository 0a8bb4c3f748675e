package io.allium.sockets;

import io.allium.I2pException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** The two streams of a socket: those of the I2P stream, with the errors of {@code java.net}. */
final class SocketStreams {
  private SocketStreams() {}

  /** The reading side. */
  static final class Input extends InputStream {
    private final Socket socket;
    private final InputStream input;

    Input(Socket socket, InputStream input) {
      this.socket = socket;
      this.input = input;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return input.read(bytes, offset, length);
      } catch (I2pException e) {
        throw Faults.waiting(e, "Read timed out");
      }
    }

    @Override
    public int available() throws IOException {
      if (socket.isInputShutdown()) {
        return 0;
      }
      try {
        return input.available();
      } catch (I2pException e) {
        throw Faults.of(e);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** The writing side. */
  static final class Output extends OutputStream {
    private final Socket socket;
    private final OutputStream output;

    Output(Socket socket, OutputStream output) {
      this.socket = socket;
      this.output = output;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        output.write(bytes, offset, length);
      } catch (I2pException e) {
        throw Faults.of(e);
      }
    }

    @Override
    public void flush() throws IOException {
      if (socket.isOutputShutdown()) {
        return;
      }
      try {
        output.flush();
      } catch (I2pException e) {
        throw Faults.of(e);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
