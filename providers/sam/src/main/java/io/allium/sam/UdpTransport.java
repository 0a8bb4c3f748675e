package io.allium.sam;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.sam.DatagramHeader;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.SendSettings;
import io.allium.protocol.sam.SessionRouting;
import io.allium.spi.support.OrderedLock;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket that is connected to the bridge's UDP port, so that the kernel drops what comes from elsewhere: its
 * packets are no more trustworthy than the machine it is on, but nobody else's are taken. Never blocks in a system call,
 * for an interrupt would close the socket.
 */
final class UdpTransport implements DatagramTransport {
  /** What a burst may fill before its reader runs; the kernel may grant less. */
  private static final int RECEIVE_BUFFER = 4 << 20;

  /** Packets that are taken together where they come faster than one by one. */
  private static final int BATCH = 32;

  /** Larger than any UDP packet. */
  private static final int MAX_PACKET = 65_536;

  private static final byte[] EMPTY_LINE = {'\n'};

  private final DatagramChannel channel;
  private final Selector selector;
  private final InetSocketAddress local;
  private final boolean header;
  private final DatagramLimits limits;
  private final OutgoingPacket packet;
  private final ReentrantLock sending = new OrderedLock(OrderedLock.Rank.PROVIDER_OUTPUT);
  private final AtomicReference<@Nullable PortUnreachableException> refused =
      new AtomicReference<>();

  private UdpTransport(
      DatagramChannel channel,
      Selector selector,
      boolean header,
      DatagramLimits limits,
      OutgoingPacket.Line line)
      throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.header = header;
    this.limits = limits;
    local = (InetSocketAddress) channel.getLocalAddress();
    packet = new OutgoingPacket(limits.maxPacket(), false, line);
  }

  /**
   * Binds the socket, on the address that the bridge is reached from.
   *
   * @param header whether the session asks for headers of raw datagrams
   * @param udpPorts where the bridge may take datagrams, the likeliest first
   */
  static UdpTransport open(
      String id,
      SamVersion version,
      boolean header,
      DatagramLimits limits,
      SocketChannel control,
      List<Integer> udpPorts)
      throws I2pException {
    // SAM v3, "Sending Repliable or Raw Datagrams": before 3.2, "3.0" is required
    SamVersion said = version.hasPorts() ? version : SamVersion.V3_0;
    OutgoingPacket.Line line =
        (to, size, settings) -> new DatagramHeader(said, id, to.base64(), settings).print() + "\n";
    DatagramChannel channel = null;
    try {
      InetSocketAddress ours = (InetSocketAddress) control.getLocalAddress();
      InetSocketAddress theirs = (InetSocketAddress) control.getRemoteAddress();
      channel = DatagramChannel.open(
          ours.getAddress() instanceof Inet4Address
              ? StandardProtocolFamily.INET
              : StandardProtocolFamily.INET6);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(ours.getAddress(), 0));
      connect(channel, theirs.getAddress(), udpPorts);
      return new UdpTransport(channel, Selector.open(), header, limits, line);
    } catch (ClosedChannelException e) {
      SamConnection.closeQuietly(channel);
      throw new I2pException(ErrorKind.CLOSED, "abandoned", e);
    } catch (IOException e) {
      SamConnection.closeQuietly(channel);
      throw new I2pException(
          ErrorKind.INTERNAL, "no UDP socket can be opened: " + e.getMessage(), e);
    }
  }

  /** Takes the first one where something listens; the kernel knows that of this machine's alone. */
  private static void connect(DatagramChannel channel, InetAddress bridge, List<Integer> ports)
      throws IOException {
    for (int port : ports) {
      channel.disconnect();
      channel.connect(new InetSocketAddress(bridge, port));
      if (ports.size() == 1 || !isRefused(channel)) {
        return;
      }
    }
  }

  /**
   * What the kernel was told of a packet comes with the next call. A packet that is an empty line is none to a bridge; one
   * without a byte the JDK would neither send nor read.
   */
  private static boolean isRefused(DatagramChannel channel) throws IOException {
    try {
      channel.write(ByteBuffer.wrap(EMPTY_LINE));
      channel.read(ByteBuffer.allocate(1));
      return false;
    } catch (PortUnreachableException e) {
      return true;
    }
  }

  @Override
  public SessionRouting routing() {
    return new SessionRouting(
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        header ? Optional.of(true) : Optional.empty(),
        OptionalInt.of(local.getPort()),
        Optional.of(local.getAddress().getHostAddress()));
  }

  @Override
  public int maxPayload() {
    return limits.maxUdpPayload();
  }

  /** Receives until the socket is closed; a selector would keep the carrier of a virtual thread. */
  void start(ForwardedDatagrams datagrams, String name) throws I2pException {
    try {
      channel.register(selector, SelectionKey.OP_READ);
    } catch (ClosedChannelException e) {
      throw new I2pException(ErrorKind.CLOSED, "abandoned", e);
    }
    Thread.ofPlatform().daemon().name(name).start(() -> receive(datagrams));
  }

  @Override
  public void send(Destination to, ByteBuffer payload, SendSettings settings)
      throws I2pException, InterruptedException {
    sending.lockInterruptibly();
    try {
      ByteBuffer bytes = packet.of(to, payload, settings);
      PortUnreachableException told = refused.getAndSet(null);
      if (told != null) {
        throw told;
      }
      while (channel.write(bytes) == 0) {
        if (!Writability.await(channel)) {
          throw new I2pException(
              ErrorKind.TIMEOUT, "the network takes no packets now: try again later");
        }
      }
    } catch (I2pException e) {
      throw e;
    } catch (PortUnreachableException e) {
      throw new I2pException(
          ErrorKind.ROUTER_UNREACHABLE,
          "nothing listens at the UDP port of the router's SAM bridge: name it with ?udp-port=PORT,"
              + " or do without by ?datagrams=in-band",
          e);
    } catch (ClosedChannelException e) {
      throw new I2pException(ErrorKind.CLOSED, "the session is closed", e);
    } catch (IOException e) {
      throw new I2pException(
          ErrorKind.ROUTER_ERROR, "a datagram could not be sent: " + e.getMessage(), e);
    } finally {
      sending.unlock();
    }
  }

  @Override
  public void close() {
    SamConnection.closeQuietly(channel);
    selector.wakeup();
  }

  private void receive(ForwardedDatagrams datagrams) {
    byte[] bytes = new byte[MAX_PACKET];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int taken = 0;
    try (selector) {
      while (channel.isOpen()) {
        int length = receive(buffer);
        if (length >= 0) {
          datagrams.take(bytes, length);
          taken++;
        }
        if (length < 0 || taken == BATCH) {
          datagrams.batchEnd();
          taken = 0;
        }
        if (length < 0) {
          selector.select();
          selector.selectedKeys().clear();
        }
      }
    } catch (ClosedChannelException closed) {
      // the session ended
    } catch (IOException | RuntimeException e) {
      System.getLogger(UdpTransport.class.getName())
          .log(System.Logger.Level.WARNING, "no more datagrams are received", e);
    }
  }

  /** The length of a packet, or -1 for none now. */
  private int receive(ByteBuffer buffer) throws IOException {
    try {
      return channel.receive(buffer.clear()) == null ? -1 : buffer.position();
    } catch (ClosedChannelException e) {
      throw e;
    } catch (PortUnreachableException e) {
      refused.set(e); // for who sends next: the kernel tells it once
      return -1;
    } catch (IOException e) {
      return -1; // the session is about to end
    }
  }
}
