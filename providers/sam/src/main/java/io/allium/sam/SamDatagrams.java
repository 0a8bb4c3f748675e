package io.allium.sam;

import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.SendOptions;
import io.allium.protocol.sam.SamStyle;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.SendSettings;
import io.allium.protocol.sam.SessionRouting;
import io.allium.spi.SendRequest;
import io.allium.spi.SessionSink;
import io.allium.spi.TimeSource;
import io.allium.spi.support.End;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The datagrams of one session, which before SAM 3.3 are all its session carries, and of one format. */
final class SamDatagrams {
  /** What differs from one datagram to the next one, but for peer and payload. */
  private record Say(int fromPort, int toPort, int number, SendOptions options) {
    static Say of(SendRequest request) {
      return new Say(request.fromPort(), request.toPort(), request.number(), request.options());
    }
  }

  private record Said(Say say, SendSettings settings) {}

  private final DatagramSettings settings;
  private final DatagramTransport transport;
  private final @Nullable InBandReader inBand;
  private volatile @Nullable Said last;

  private SamDatagrams(
      DatagramSettings settings, DatagramTransport transport, @Nullable InBandReader inBand) {
    this.settings = settings;
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

  /** What a session is of which this is a part. */
  record Session(
      SamStyle style,
      String id,
      DestinationKeys keys,
      SessionSink sink,
      SamConnection connection,
      ControlWriter writer,
      TimeSource time,
      SelfDatagram ours,
      End end) {}

  /** Before the session is created, for its SESSION CREATE names the socket. */
  static SamDatagrams open(Session session, SamAt at) throws I2pException {
    SamStyle style = session.style;
    SamConnection connection = session.connection;
    if (style == SamStyle.DATAGRAM && session.keys.isOffline()) {
      // SAM v3, "Session Creation Request"
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "repliable datagrams cannot be signed by offline keys: use RAW, or keys that are not offline");
    }
    SamVersion version = connection.version();
    DatagramSettings settings = new DatagramSettings(version, style);
    DatagramLimits limits = new DatagramLimits(style, version);
    ArrivedDatagrams arrived = new ArrivedDatagrams(session.sink, session.ours);
    if (!byUdp(at.datagrams(), connection)) {
      ReadReceipts receipts =
          version.hasPorts() ? null : new ReadReceipts(session.time, session.end);
      return new SamDatagrams(
          settings,
          new InBandTransport(session.writer, style, limits, receipts),
          new InBandReader(arrived, receipts));
    }
    boolean header = style == SamStyle.RAW && version.hasPorts();
    UdpTransport udp =
        UdpTransport.open(session.id, version, header, limits, connection.channel(), at.udpPorts());
    ForwardedDatagrams.Layout raw =
        header ? ForwardedDatagrams.Layout.WITH_HEADER : ForwardedDatagrams.Layout.BARE;
    udp.start(
        new ForwardedDatagrams(
            style == SamStyle.RAW ? raw : ForwardedDatagrams.Layout.REPLIABLE, arrived),
        "allium-datagrams-" + session.keys.destination());
    return new SamDatagrams(settings, udp, null);
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

  int maxPayload() {
    return transport.maxPayload();
  }

  void send(SendRequest request) throws I2pException, InterruptedException {
    if (!request.payload().hasRemaining()) {
      // SAM v3, "Sending Repliable or Raw Datagrams": "Minimum size is 1"
      throw new I2pException(
          ErrorKind.UNSUPPORTED, "SAM carries no empty datagrams: send at least one byte");
    }
    transport.send(request.to(), request.payload(), settings(request));
  }

  /** Most datagrams are sent like the one before. */
  private SendSettings settings(SendRequest request) throws I2pException {
    Say say = Say.of(request);
    Said known = last;
    if (known != null && known.say.equals(say)) {
      return known.settings;
    }
    SendSettings found = settings.of(request);
    last = new Said(say, found);
    return found;
  }

  /** To be called once the session's end is set. */
  void close() {
    transport.close();
  }
}
