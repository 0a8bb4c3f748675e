package io.allium.sockets;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;

/** What {@code java.net} would use for what is not overridden: it reaches no network. */
final class NoSocketImpl extends SocketImpl {
  private static SocketException refused() {
    return new SocketException("a socket of I2P never uses the machine's network");
  }

  @Override
  protected void create(boolean stream) throws SocketException {
    throw refused();
  }

  @Override
  protected void connect(String host, int port) throws SocketException {
    throw refused();
  }

  @Override
  protected void connect(InetAddress address, int port) throws SocketException {
    throw refused();
  }

  @Override
  protected void connect(SocketAddress address, int timeout) throws SocketException {
    throw refused();
  }

  @Override
  protected void bind(InetAddress host, int port) throws SocketException {
    throw refused();
  }

  @Override
  protected void listen(int backlog) throws SocketException {
    throw refused();
  }

  @Override
  protected void accept(SocketImpl socket) throws SocketException {
    throw refused();
  }

  @Override
  protected InputStream getInputStream() throws SocketException {
    throw refused();
  }

  @Override
  protected OutputStream getOutputStream() throws SocketException {
    throw refused();
  }

  @Override
  protected int available() throws SocketException {
    throw refused();
  }

  @Override
  protected void close() {}

  @Override
  protected void sendUrgentData(int data) throws SocketException {
    throw refused();
  }

  @Override
  public void setOption(int option, Object value) throws SocketException {
    throw refused();
  }

  @Override
  public Object getOption(int option) throws SocketException {
    throw refused();
  }
}
