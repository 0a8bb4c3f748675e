package io.allium.sam;

import io.allium.DatagramOptions;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.protocol.sam.SamStyle;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.SessionRouting;
import io.allium.spi.SessionEvents;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The datagrams of one session, which before SAM 3.3 are all its session carries, and of one format. */
final class SamDatagrams {
  /** The I2CP protocol of repliable datagrams. */
  static final int REPLIABLE_PROTOCOL = 17;

  private final SamStyle style;
  private final DatagramSettings settings;
  private final DatagramPorts ports;
  private final DatagramTransport transport;
  private final @Nullable InBandReader inBand;

  private SamDatagrams(
      SamStyle style,
      DatagramSettings settings,
      DatagramPorts ports,
      DatagramTransport transport,
      @Nullable InBandReader inBand) {
    this.style = style;
    this.settings = settings;
    this.ports = ports;
    this.transport = transport;
    this.inBand = inBand;
  }

  /** The one style of a session that carries these protocols. */
  static SamStyle style(Set<Protocol> protocols) throws I2pException {
    if (protocols.equals(Set.of(Protocol.STREAM))) {
      return SamStyle.STREAM;
    }
    if (protocols.equals(Set.of(Protocol.DATAGRAM))) {
      return SamStyle.DATAGRAM;
    }
    if (protocols.equals(Set.of(Protocol.RAW))) {
      return SamStyle.RAW;
    }
    throw new I2pException(
        ErrorKind.UNSUPPORTED,
        "a session over SAM carries STREAM, DATAGRAM or RAW, not " + protocols
            + ": open one session for each");
  }

  /** Before the session is created, for its SESSION CREATE names the socket. */
  static SamDatagrams open(
      SamStyle style,
      String id,
      DestinationKeys keys,
      SessionEvents events,
      SamAddress address,
      SamConnection connection,
      ControlWriter writer)
      throws I2pException {
    if (style == SamStyle.DATAGRAM && keys.isOffline()) {
      // SAM v3, "Session Creation Request"
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "repliable datagrams cannot be signed by offline keys: use RAW, or keys that are not offline");
    }
    SamVersion version = connection.version();
    DatagramSettings settings = new DatagramSettings(version, style);
    DatagramLimits limits = new DatagramLimits(style, version);
    DatagramPorts ports = new DatagramPorts(events::takes);
    if (!byUdp(address.datagrams(), connection)) {
      ReadReceipts receipts = version.hasPorts() ? null : new ReadReceipts();
      return new SamDatagrams(
          style,
          settings,
          ports,
          new InBandTransport(writer, style, limits, receipts),
          new InBandReader(ports, receipts));
    }
    boolean header = style == SamStyle.RAW && version.hasPorts();
    UdpTransport udp =
        UdpTransport.open(id, version, header, limits, connection.channel(), address.udpPort());
    ForwardedDatagrams.Layout raw =
        header ? ForwardedDatagrams.Layout.WITH_HEADER : ForwardedDatagrams.Layout.BARE;
    udp.start(
        new ForwardedDatagrams(
            style == SamStyle.RAW ? raw : ForwardedDatagrams.Layout.REPLIABLE, ports),
        "allium-datagrams-" + keys.destination());
    return new SamDatagrams(style, settings, ports, udp, null);
  }

  private static boolean byUdp(DatagramWay way, SamConnection connection) throws I2pException {
    try {
      return way == DatagramWay.UDP
          || way == DatagramWay.AUTO
              && connection.channel().getRemoteAddress() instanceof InetSocketAddress bridge
              && bridge.getAddress().isLoopbackAddress();
    } catch (IOException e) {
      throw new I2pException(ErrorKind.CLOSED, "abandoned", e);
    }
  }

  SessionRouting routing() {
    return transport.routing();
  }

  /** What reads datagrams from the control connection, if that is how they come. */
  @Nullable
  InBandReader inBand() {
    return inBand;
  }

  /** Ends the ports with what the session is lost by, before the session's owner closes them. */
  SessionEvents endingBefore(SessionEvents events) {
    return cause -> {
      end(cause);
      events.lost(cause);
    };
  }

  SamDatagramPort port(DatagramOptions options) throws I2pException {
    if (options.format().protocol() != (style == SamStyle.RAW ? Protocol.RAW : Protocol.DATAGRAM)) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "this session carries " + style + ": open one with protocols("
              + options.format().protocol() + ") for these datagrams");
    }
    settings.check(options);
    SamDatagramPort port = new SamDatagramPort(options, settings, ports, transport);
    ports.add(port);
    return port;
  }

  void end(I2pException why) {
    ports.end(why);
    transport.close();
  }

  /** How many datagrams were malformed, or for no open port. */
  long discarded() {
    return ports.discarded();
  }
}
