package io.allium.interop;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A session for datagrams whose datagrams go by UDP, spoken by hand: a witness that knows no class of Allium. */
final class RawUdp implements AutoCloseable {
  private static final int SAM_UDP_PORT = 7655;
  private static final int LARGEST = 1 << 16;

  /** Longer than a datagram is under way on a network in one machine. */
  private static final int SETTLED_MILLIS = 500;

  private static final int RESEND_NANOS = 100_000_000;
  private static final int TRIES = 100;

  private final URI router;
  private final DatagramSocket socket;
  private final RawSam control;
  private final String me;

  private RawUdp(URI router, DatagramSocket socket, RawSam control) throws IOException {
    this.router = router;
    this.socket = socket;
    this.control = control;
    me = control.me();
  }

  /** A session with a new destination, and tunnels of no hop. */
  static RawUdp session(URI router, String id, String style) throws IOException {
    return session(router, id, style, 0);
  }

  static RawUdp session(URI router, String id, String style, int hops) throws IOException {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(SETTLED_MILLIS);
    String byUdp = style + " HOST=127.0.0.1 PORT=" + socket.getLocalPort();
    return new RawUdp(router, socket, RawSam.session(router, id, byUdp, "TRANSIENT", hops));
  }

  void send(RawUdp peer) throws IOException {
    send(socket, router, control.id(), peer.me, "x".repeat(1000));
  }

  void send(String to, byte[] payload) throws IOException {
    send(socket, router, control.id(), to, payload);
  }

  static void send(DatagramSocket from, URI router, String id, String to, String payload)
      throws IOException {
    send(from, router, id, to, payload.getBytes(StandardCharsets.US_ASCII));
  }

  private static void send(DatagramSocket from, URI router, String id, String to, byte[] payload)
      throws IOException {
    byte[] line = ("3.0 " + id + " " + to + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] packet = Arrays.copyOf(line, line.length + payload.length);
    System.arraycopy(payload, 0, packet, line.length, payload.length);
    from.send(new DatagramPacket(
        packet, packet.length, new InetSocketAddress(router.getHost(), SAM_UDP_PORT)));
  }

  /** Sends again and again until one has arrived. */
  void sendUntilReceived(RawUdp peer) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      send(peer);
      LockSupport.parkNanos(RESEND_NANOS);
      if (peer.received() > 0) {
        return;
      }
    }
    throw new IOException("no datagram arrived");
  }

  /** The destination of the session. */
  String me() {
    return me;
  }

  /** The next packet of the bridge as it is, or nothing if none comes in time. */
  Optional<byte[]> receive(Duration limit) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
    try {
      socket.receive(packet);
      return Optional.of(Arrays.copyOf(packet.getData(), packet.getLength()));
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    } finally {
      socket.setSoTimeout(SETTLED_MILLIS);
    }
  }

  /** How many have arrived, until for a while none comes. */
  int received() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    int count = 0;
    try {
      while (true) {
        socket.receive(packet);
        count++;
      }
    } catch (SocketTimeoutException e) {
      return count;
    }
  }

  @Override
  public void close() throws IOException {
    control.close();
    socket.close();
  }
}
