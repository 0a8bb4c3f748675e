package io.allium.sockets;

import io.allium.I2pAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.SocketFactory;

/**
 * Sockets to one peer, for libraries that are told the name of a factory's class and one text for its constructor, as the
 * JDBC driver of PostgreSQL is. The text is a label, under which {@link #register} keeps where to connect.
 *
 * <p>{@link #createSocket()} gives a socket that is connected already. So the library has no reason to look up the host
 * that it was told, which would hand an I2P name to the system's resolver. Safe for use by several threads.
 */
public final class PeerSocketFactory extends SocketFactory {
  private record Peer(I2pSocketFactory sockets, I2pAddress address) {}

  private static final ConcurrentMap<String, Peer> PEERS = new ConcurrentHashMap<>();

  private final Peer peer;

  /**
   * What a library calls.
   *
   * @param label as it was registered
   * @throws IllegalArgumentException if nothing was registered under it
   */
  public PeerSocketFactory(String label) {
    Peer known = PEERS.get(label);
    if (known == null) {
      throw new IllegalArgumentException(
          "no peer is known as " + label + ": call PeerSocketFactory.register first");
    }
    peer = known;
  }

  /**
   * Says where the factories of a label connect, until it is said anew. It is kept as long as this class is.
   *
   * @param label what the library's configuration says; any text
   * @param sockets whose session connects, and whose timeout counts: the library's own does not
   * @param address where the sockets are connected to
   */
  public static void register(String label, I2pSocketFactory sockets, I2pAddress address) {
    PEERS.put(label, new Peer(sockets, address));
  }

  /** A socket that is connected to the peer. */
  @Override
  public Socket createSocket() throws IOException {
    Socket socket = peer.sockets().createSocket();
    socket.connect(peer.address());
    return socket;
  }

  /** As {@link I2pSocketFactory#createSocket(String, int)}: it is the named host that the socket is connected to. */
  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return peer.sockets().createSocket(host, port);
  }

  /** As {@link I2pSocketFactory#createSocket(String, int, InetAddress, int)}. */
  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return peer.sockets().createSocket(host, port, localHost, localPort);
  }

  /** Fails: an IP address is no peer of I2P. */
  @Override
  public Socket createSocket(InetAddress host, int port) throws SocketException {
    throw Names.ipAddress();
  }

  /** Fails: an IP address is no peer of I2P. */
  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws SocketException {
    throw Names.ipAddress();
  }
}
