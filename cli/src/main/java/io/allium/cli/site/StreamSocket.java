package io.allium.cli.site;

import io.allium.I2pStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;

/** A stream as the HTTP library wants it; it never opens a socket of its own. */
public final class StreamSocket extends Socket {
  private final I2pStream stream;
  private final InputStream input;

  /**
   * Wraps a stream.
   *
   * @param stream is closed with this
   * @param input what is read: the stream's input, perhaps with limits of its own
   */
  public StreamSocket(I2pStream stream, InputStream input) {
    this.stream = stream;
    this.input = input;
  }

  @Override
  public InputStream getInputStream() {
    return input;
  }

  @Override
  public OutputStream getOutputStream() {
    return stream.output();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return stream.remote();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return stream.local();
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public void setSoTimeout(int millis) {
    stream.readTimeout(Duration.ofMillis(millis));
  }

  @Override
  public int getSoTimeout() {
    return 0; // the stream does not tell, and the library only shows it
  }

  @Override
  public void setSoLinger(boolean on, int seconds) {
    // a stream delivers what was written before it was closed in any case
  }

  @Override
  public void close() {
    stream.close();
  }
}
