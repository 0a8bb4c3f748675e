package io.allium.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.allium.Capability;
import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SendOptions;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which port gets a datagram (SAM V3, "SESSION ADD": LISTEN_PORT, LISTEN_PROTOCOL), and what else a session carries
 * beside it.
 */
public abstract class DatagramRoutingTck extends ProviderTck {
  private static final int TYPICAL = 1000;

  /** For subclasses. */
  protected DatagramRoutingTck() {}

  private Courier courier() {
    return new Courier(subject().patience());
  }

  private static DatagramPort open(I2pSession session, Protocol format, int port)
      throws I2pException {
    return session.datagrams(DatagramOptions.of(format, port));
  }

  private static I2pAddress at(I2pSession session, int port) {
    return I2pAddress.of(session.destination(), port);
  }

  private I2pDatagram deliver(DatagramPort from, I2pAddress to, SendOptions how, DatagramPort at)
      throws I2pException {
    return courier()
        .deliver(from, to, how, at, Courier.payload(TYPICAL), DatagramRoutingTck::refuseStrangers);
  }

  private static void refuseStrangers(I2pDatagram other) {
    throw new AssertionError("not for this port: to port " + other.toPort() + ", protocol "
        + other.protocol() + ", " + other.payload().length + " bytes");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void anExactPortBeatsPortZeroAndNobodyGetsWhatIsForAnother(Protocol format) throws Exception {
    try (Pair pair = subject().pair(format)) {
      if (!can(Capability.PORTS)) {
        assertKind(() -> open(pair.server(), format, 7), ErrorKind.UNSUPPORTED);
        return;
      }
      try (DatagramPort client = open(pair.client(), format, 3)) {
        try (DatagramPort any = open(pair.server(), format, 0);
            DatagramPort seven = open(pair.server(), format, 7)) {
          SendOptions how = SendOptions.defaults();
          assertThat(deliver(client, at(pair.server(), 7), how, seven).toPort()).isEqualTo(7);
          assertThat(deliver(client, at(pair.server(), 8), how, any).toPort()).isEqualTo(8);
          assertThat(deliver(client, at(pair.server(), 0), how, any).toPort()).isZero();
        }
        try (DatagramPort seven = open(pair.server(), format, 7)) {
          client.send(at(pair.server(), 8), new byte[TYPICAL], SendOptions.defaults());
          client.send(at(pair.server(), 0), new byte[TYPICAL], SendOptions.defaults());
          deliver(client, at(pair.server(), 7), SendOptions.defaults(), seven);
        }
      }
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void portsAreThoseOfThePortUnlessASendNamesOthers(Protocol format) throws Exception {
    if (!can(Capability.PORTS)) {
      return;
    }
    try (Pair pair = subject().pair(format);
        DatagramPort client = open(pair.client(), format, 3);
        DatagramPort server = pair.server()
            .datagrams(
                DatagramOptions.builder(format).localPort(12).listenPort(65_535).build())) {
      I2pAddress address = at(pair.server(), 65_535);
      I2pDatagram plain = deliver(client, address, SendOptions.defaults(), server);
      assertThat(plain.fromPort()).isEqualTo(3);
      assertThat(plain.toPort()).isEqualTo(65_535);
      I2pDatagram other = deliver(
          client, at(pair.server(), 9), SendOptions.builder().ports(4, 65_535).build(), server);
      assertThat(other.fromPort()).isEqualTo(4);
      assertThat(other.toPort()).isEqualTo(65_535);
    }
  }

  @Test
  void rawDatagramsGoByTheirProtocolNumberToo() throws Exception {
    if (!can(Capability.RAW) || !can(Capability.PORTS)) {
      return;
    }
    DatagramOptions raw = DatagramOptions.of(Protocol.RAW, 0);
    try (Pair pair = subject().pair(Protocol.RAW);
        DatagramPort client = pair.client().datagrams(raw);
        DatagramPort any = pair.server()
            .datagrams(DatagramOptions.builder(Protocol.RAW).listenNumber(0).build());
        DatagramPort usual = pair.server().datagrams(raw);
        DatagramPort chosen = pair.server()
            .datagrams(DatagramOptions.builder(Protocol.RAW).number(200).build())) {
      I2pAddress address = at(pair.server(), 0);
      SendOptions how = SendOptions.defaults();
      assertThat(deliver(client, address, how, usual).protocol()).isEqualTo(18);
      assertThat(deliver(client, address, number(200), chosen).protocol()).isEqualTo(200);
      assertThat(deliver(client, address, number(201), any).protocol()).isEqualTo(201);
      assertThat(deliver(client, address, number(254), any).protocol()).isEqualTo(254);
    }
    try (Pair pair = subject().pair(Protocol.RAW);
        DatagramPort client = pair.client()
            .datagrams(DatagramOptions.builder(Protocol.RAW).number(200).build());
        DatagramPort server = pair.server()
            .datagrams(DatagramOptions.builder(Protocol.RAW)
                .listenNumber(200)
                .header(false)
                .build())) {
      I2pDatagram bare = deliver(
          client, at(pair.server(), 5), SendOptions.builder().ports(4, 5).build(), server);
      assertThat(bare.fromPort()).isZero();
      assertThat(bare.toPort()).isZero();
    }
  }

  private static SendOptions number(int number) {
    return SendOptions.builder().number(number).build();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void aSessionCarriesOnlyWhatItWasOpenedFor(Protocol format) throws Exception {
    Protocol another = can(Capability.STREAM) ? Protocol.STREAM : null;
    if (another == null) {
      return;
    }
    try (I2pSession session =
        subject().client().open(subject().config().protocols(another).build())) {
      Throwable refused = catchThrowable(() -> open(session, format, 0));
      assertKind(refused, ErrorKind.UNSUPPORTED);
      assertThat(refused).as("says what to do").hasMessageContaining("protocols(");
    }
  }

  @Test
  void oneDestinationCarriesEveryFormatWithoutMixingThem() throws Exception {
    if (!can(Capability.SUBSESSIONS)) {
      return;
    }
    List<Protocol> formats = formats().toList();
    Map<Protocol, DatagramPort> servers = new EnumMap<>(Protocol.class);
    Protocol[] others = formats.subList(1, formats.size()).toArray(Protocol[]::new);
    try (Pair pair = subject().pair(formats.getFirst(), others)) {
      for (Protocol format : formats) {
        servers.put(format, open(pair.server(), format, 7));
      }
      for (Protocol format : formats) {
        try (DatagramPort client = open(pair.client(), format, 7)) {
          I2pDatagram arrived = deliver(
              client,
              at(pair.server(), 7),
              SendOptions.defaults(),
              Objects.requireNonNull(servers.get(format)));
          assertThat(arrived.protocol()).isEqualTo(format.number());
        }
      }
    }
  }

  @Test
  @NeedsStreams
  void oneDestinationCarriesEveryFormatAndStreamsWithoutMixingThem() throws Exception {
    if (!can(Capability.SUBSESSIONS)) {
      return;
    }
    Protocol[] protocols = formats().toArray(Protocol[]::new);
    Map<Protocol, DatagramPort> clients = new EnumMap<>(Protocol.class);
    Map<Protocol, DatagramPort> servers = new EnumMap<>(Protocol.class);
    try (Pair pair = subject().pair(Protocol.STREAM, protocols);
        I2pAcceptor acceptor = pair.server().listen(7)) {
      for (Protocol format : formats().toList()) {
        clients.put(format, open(pair.client(), format, 7));
        servers.put(format, open(pair.server(), format, 7));
      }
      for (Protocol format : clients.keySet()) {
        I2pDatagram arrived = deliver(
            Objects.requireNonNull(clients.get(format)),
            at(pair.server(), 7),
            SendOptions.defaults(),
            Objects.requireNonNull(servers.get(format)));
        assertThat(arrived instanceof I2pDatagram.Raw).isEqualTo(format == Protocol.RAW);
      }
      try (Pair.Ends ends = pair.open(acceptor, subject().patience())) {
        ends.client().output().write('!');
        assertThat(ends.server().input().read()).isEqualTo('!');
      }
      // the session that lacks a format's port drops what comes for it
      for (Protocol format : clients.keySet()) {
        Objects.requireNonNull(servers.get(format)).close();
        Objects.requireNonNull(clients.get(format))
            .send(at(pair.server(), 7), new byte[TYPICAL], SendOptions.defaults());
      }
      for (Protocol format : Arrays.asList(Protocol.RAW, Protocol.DATAGRAM)) {
        if (servers.containsKey(format)) {
          try (DatagramPort again = open(pair.server(), format, 7)) {
            deliver(
                Objects.requireNonNull(clients.get(format)),
                at(pair.server(), 7),
                SendOptions.defaults(),
                again);
          }
        }
      }
    }
  }
}
