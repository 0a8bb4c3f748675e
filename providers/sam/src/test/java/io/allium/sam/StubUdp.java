package io.allium.sam;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The UDP port of a {@link StubBridge}. */
final class StubUdp implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final DatagramSocket socket;

  private StubUdp(DatagramSocket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  static StubUdp open() throws IOException {
    return at(1);
  }

  /** At 127.0.0.{@code last}. */
  static StubUdp at(int last) throws IOException {
    return at(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), 0));
  }

  static StubUdp at(InetSocketAddress address) throws IOException {
    return new StubUdp(new DatagramSocket(address));
  }

  /** The URI of a bridge that has this port. */
  URI uri(StubBridge bridge) {
    return URI.create(bridge.uri() + "&udp-port=" + socket.getLocalPort());
  }

  byte[] receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    socket.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  void send(int port, String text) throws IOException {
    send(port, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(int port, byte[] packet) throws IOException {
    socket.send(new DatagramPacket(
        packet, packet.length, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
  }

  /** Sends to another one. */
  void send(StubUdp other, String text) throws IOException {
    byte[] packet = text.getBytes(StandardCharsets.ISO_8859_1);
    socket.send(new DatagramPacket(packet, packet.length, other.socket.getLocalSocketAddress()));
  }

  /** Where the client of the last session wants its datagrams. */
  static int clientPort(StubBridge bridge) {
    String create = bridge.connections("SESSION CREATE").getLast().lines().get(1);
    return Integer.parseInt(create.replaceFirst(".* PORT=([0-9]+).*", "$1"));
  }

  @Override
  public void close() {
    socket.close();
  }
}
