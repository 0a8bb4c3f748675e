package io.allium.cli;

import io.allium.I2pStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;

/** A stream as the HTTP library wants it; it never opens a socket of its own. */
final class StreamSocket extends Socket {
  private final I2pStream stream;

  StreamSocket(I2pStream stream) {
    this.stream = stream;
  }

  @Override
  public InputStream getInputStream() {
    return stream.input();
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
  public void setSoLinger(boolean on, int seconds) {
    // a stream delivers what was written before it was closed in any case
  }

  @Override
  public void close() {
    stream.close();
  }
}
