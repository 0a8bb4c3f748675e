package io.allium.sam;

import static io.allium.sam.Fixture.config;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A bridge with a UDP port, and a session of one format with one port. */
final class DatagramFixture implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  final StubBridge bridge;
  final StubUdp udp;
  final I2p i2p;
  final I2pSession session;
  final DatagramPort port;

  private DatagramFixture(StubBridge bridge, Protocol format, String query) throws IOException {
    this.bridge = bridge;
    udp = StubUdp.open();
    i2p = I2p.connect(udp.uri(bridge) + query);
    session = i2p.open(config().protocols(format).build());
    port = session.datagrams(DatagramOptions.of(format, 0));
  }

  static DatagramFixture udp(String version, Protocol format) throws IOException {
    return new DatagramFixture(StubBridge.speaking(version), format, "");
  }

  static DatagramFixture inBand(StubBridge bridge, Protocol format) throws IOException {
    return new DatagramFixture(bridge, format, "&datagrams=in-band");
  }

  static DatagramFixture inBand(String version, Protocol format) throws IOException {
    return inBand(StubBridge.speaking(version), format);
  }

  StubConnection control() {
    return bridge.connections("SESSION CREATE").getLast();
  }

  String create() {
    return control().lines().get(1);
  }

  String id() {
    return create().replaceFirst(".* ID=(\\S+) .*", "$1");
  }

  /** Lets the bridge forward a packet. */
  void forward(String packet) throws IOException {
    udp.send(StubUdp.clientPort(bridge), packet);
  }

  void forward(byte[] packet) throws IOException {
    udp.send(StubUdp.clientPort(bridge), packet);
  }

  String receive() throws I2pException {
    return new String(port.receive(PATIENCE).payload(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    i2p.close();
    bridge.awaitAllClosed();
    bridge.close();
    udp.close();
  }
}
