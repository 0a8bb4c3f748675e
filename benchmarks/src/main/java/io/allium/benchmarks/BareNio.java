package io.allium.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** What a connect over SAM costs in Java without a library: the same bytes, and nothing is parsed or checked. */
final class BareNio {
  private static final int PING = 64;

  private final InetSocketAddress bridge;
  private final ByteBuffer hello = direct("HELLO VERSION MIN=3.1 MAX=3.3\n");
  private final ByteBuffer connect;
  private final ByteBuffer ping = ByteBuffer.allocateDirect(PING);
  private final ByteBuffer in = ByteBuffer.allocateDirect(1024);

  BareNio(int port, String connectLine) {
    bridge = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    connect = direct(connectLine);
  }

  void connects(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET)) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        connect(channel);
        channel.write(hello.rewind());
        line(channel);
        channel.write(connect.rewind());
        line(channel);
        channel.write(ping.rewind());
        in.clear().limit(PING);
        while (in.hasRemaining()) {
          read(channel);
        }
      }
    }
  }

  /** The cheapest way there is for each kind of thread. */
  private void connect(SocketChannel channel) throws IOException {
    if (!Thread.currentThread().isVirtual()) {
      channel.connect(bridge);
      return;
    }
    channel.configureBlocking(false);
    boolean there = channel.connect(bridge) || channel.finishConnect();
    channel.configureBlocking(true);
    if (!there) {
      channel.finishConnect();
    }
  }

  private void line(SocketChannel channel) throws IOException {
    in.clear();
    do {
      read(channel);
    } while (in.get(in.position() - 1) != '\n');
  }

  private void read(SocketChannel channel) throws IOException {
    if (channel.read(in) < 0) {
      throw new EOFException();
    }
  }

  private static ByteBuffer direct(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }
}
