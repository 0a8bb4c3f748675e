package io.allium.sam;

import io.allium.Credentials;
import io.allium.I2pException;
import io.allium.protocol.sam.Hello;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.state.HelloConversation;
import io.allium.spi.Call;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.RouterSource;
import io.allium.spi.support.RouterAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A router with a SAM bridge, for {@link io.allium.I2p#connect(RouterSource)}: the same as a URI of {@link
 * SamProvider}, and credentials. Immutable; each setter returns a changed copy.
 *
 * <pre>{@code
 * I2p.connect(SamAt.of("192.168.1.2", 7656).withDatagrams(DatagramWay.IN_BAND));
 * }</pre>
 */
public final class SamAt implements RouterSource {
  static final String SCHEME = "sam";

  static final int DEFAULT_PORT = 7656;

  /** SAM v3, "Sending Repliable or Raw Datagrams". */
  static final int DEFAULT_UDP_PORT = 7655;

  /** i2pd loses streams if several accepts wait; Java I2P loses a thread for each that waits when its session ends. */
  static final int DEFAULT_PENDING_ACCEPTS = 1;

  private static final int MAX_PENDING_ACCEPTS = 64;

  private final RouterAddress address;
  private final Optional<Credentials> credentials;
  private final DatagramWay datagrams;
  private final OptionalInt udpPort;
  private final int pendingAccepts;

  private SamAt(
      RouterAddress address,
      Optional<Credentials> credentials,
      DatagramWay datagrams,
      OptionalInt udpPort,
      int pendingAccepts) {
    this.address = address;
    this.credentials = credentials;
    this.datagrams = datagrams;
    this.udpPort = udpPort;
    this.pendingAccepts = pendingAccepts;
  }

  /**
   * A bridge without credentials, with the same settings as a URI that has none.
   *
   * @param host a name of your own network, or an address, of this machine or another one; never an I2P name
   * @param port the TCP port, 1–65535; usually 7656
   * @return the bridge; nothing is connected yet
   */
  public static SamAt of(String host, int port) {
    return new SamAt(
        RouterAddress.of(SCHEME, host, port),
        Optional.empty(),
        DatagramWay.AUTO,
        OptionalInt.empty(),
        DEFAULT_PENDING_ACCEPTS);
  }

  /**
   * Sets user name and password. No URI can do this.
   *
   * @param value user name and password, if the bridge wants them
   * @return a copy
   */
  public SamAt withCredentials(Credentials value) {
    return with(Optional.of(value));
  }

  /** Credentials, or none. */
  SamAt with(Optional<Credentials> value) {
    return new SamAt(address, value, datagrams, udpPort, pendingAccepts);
  }

  /**
   * Chooses how datagrams travel between us and the bridge.
   *
   * @param value {@code AUTO} by default
   * @return a copy
   */
  public SamAt withDatagrams(DatagramWay value) {
    Objects.requireNonNull(value, "value");
    return new SamAt(address, credentials, value, udpPort, pendingAccepts);
  }

  /**
   * Says where the bridge takes datagrams.
   *
   * @param value its UDP port, 1–65535; by default the one before its TCP port, as i2pd has it, or 7655, as the
   *     specification and Java I2P have it, if nothing listens there
   * @return a copy
   */
  public SamAt withUdpPort(int value) {
    int checked = RouterAddress.checkPort("udp-port", value);
    return new SamAt(address, credentials, datagrams, OptionalInt.of(checked), pendingAccepts);
  }

  /**
   * Chooses how many accepts of a session wait at the bridge. With one, streams that come at the same moment are taken
   * one after the other, and none is lost. With more, i2pd loses some streams. With more, Java I2P takes more streams a
   * second, but after the end of the session it keeps a thread and a socket for ever for each of them except one.
   *
   * @param value 1–64, 1 by default
   * @return a copy
   */
  public SamAt withPendingAccepts(int value) {
    if (value < 1 || value > MAX_PENDING_ACCEPTS) {
      throw new IllegalArgumentException(
          "the number of accepts is 1-" + MAX_PENDING_ACCEPTS + ", not " + value);
    }
    return new SamAt(address, credentials, datagrams, udpPort, value);
  }

  @Override
  public URI uri() {
    return URI.create(SamUri.print(this));
  }

  @Override
  public RouterDriver connect(RouterRequest request, Call call)
      throws I2pException, InterruptedException {
    SamBridge bridge =
        new SamBridge(address, credentials.map(SamAt::hello).orElse(HelloConversation.DEFAULT));
    try (SamConnection connection =
        new FirstConnection(bridge, Neighbours.USUAL, request).open(call)) {
      return new SamRouter(this, bridge, connection.version(), request);
    }
  }

  /** By content. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SamAt that
        && uri().equals(that.uri())
        && credentials.equals(that.credentials);
  }

  @Override
  public int hashCode() {
    return uri().hashCode();
  }

  /** The URI. */
  @Override
  public String toString() {
    return SamUri.print(this);
  }

  RouterAddress address() {
    return address;
  }

  DatagramWay datagrams() {
    return datagrams;
  }

  /** The port that was set. */
  OptionalInt udpPort() {
    return udpPort;
  }

  /** The ports that it may be, the likeliest first. */
  List<Integer> udpPorts() {
    if (udpPort.isPresent()) {
      return List.of(udpPort.getAsInt());
    }
    int before = address.port() - 1;
    return before == DEFAULT_UDP_PORT || before < 1
        ? List.of(DEFAULT_UDP_PORT)
        : List.of(before, DEFAULT_UDP_PORT);
  }

  int pendingAccepts() {
    return pendingAccepts;
  }

  private static Hello hello(Credentials credentials) {
    return new Hello(
        Optional.of(SamVersion.V3_1),
        Optional.of(SamVersion.V3_3),
        Optional.of(credentials.user()),
        Optional.of(new String(credentials.password())));
  }
}
