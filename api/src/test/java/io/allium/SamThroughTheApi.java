package io.allium;

import io.allium.SessionConfig.Builder;
import java.net.URI;
import java.time.Duration;

/**
 * Never run: what a SAM 3.3 bridge over any provider has to call, once for every command and option of the
 * specification, so that the compiler refuses a change of the API that would lose one.
 *
 * @see <a href="https://geti2p.net/en/docs/api/samv3">SAM v3</a>
 */
final class SamThroughTheApi {
  private SamThroughTheApi() {}

  /** HELLO VERSION USER= PASSWORD=, AUTH ADD: the bridge's own users, and the bridge as a user of a router. */
  static I2p hello(String user, char[] password, Credentials known) throws I2pException {
    Credentials given = Credentials.of(user, password);
    if (!given.equals(known)) {
      throw new I2pException(ErrorKind.ROUTER_REFUSED, "authorization failed");
    }
    return I2p.connect(URI.create("sam://127.0.0.1:7656"), given);
  }

  /** DEST GENERATE SIGNATURE_TYPE=: DEST REPLY PUB= PRIV=. */
  static String destGenerate(int signatureType) throws I2pException {
    SignatureType type = SignatureType.ofCode(signatureType)
        .orElseThrow(() -> new I2pException(ErrorKind.UNSUPPORTED, "unknown signature type"));
    try (DestinationKeys keys = DestinationKeys.generate(type)) {
      return "PUB=" + keys.destination().base64() + " PRIV=" + keys.exportBase64();
    }
  }

  /** SESSION CREATE STYLE= DESTINATION= SIGNATURE_TYPE= and I2CP options; SESSION STATUS DESTINATION=. */
  static I2pSession sessionCreate(I2p i2p, String style, String destination, SignatureType type)
      throws I2pException {
    Builder config = SessionConfig.builder()
        .option("inbound.length", "2")
        .option("i2cp.leaseSetEncType", "4,0")
        .signatureType(type);
    if (!destination.equals("TRANSIENT")) {
      config.keys(DestinationKeys.parse(destination));
    }
    config = switch (style) {
      case "STREAM" -> config.protocols(Protocol.STREAM);
      case "DATAGRAM" -> config.protocols(Protocol.DATAGRAM);
      case "DATAGRAM2" -> config.protocols(Protocol.DATAGRAM2);
      case "DATAGRAM3" -> config.protocols(Protocol.DATAGRAM3);
      case "RAW" -> config.protocols(Protocol.RAW);
      default -> config.protocols(Protocol.STREAM, Protocol.DATAGRAM, Protocol.RAW);
    };
    return i2p.open(config.build());
  }

  /** SESSION ADD STYLE= FROM_PORT= LISTEN_PORT= PROTOCOL= LISTEN_PROTOCOL= HEADER=, SESSION REMOVE. */
  static void sessionAddAndRemove(I2pSession primary, int fromPort, int listenPort)
      throws I2pException {
    try (I2pAcceptor streams = primary.listen(listenPort);
        DatagramPort datagrams = primary.datagrams(
            DatagramOptions.of(DatagramFormat.REPLIABLE, fromPort).withListenPort(listenPort));
        DatagramPort raw = primary.datagrams(DatagramOptions.of(DatagramFormat.RAW, fromPort)
            .withListenPort(0)
            .withProtocol(42)
            .withListenProtocol(0)
            .withHeader(true))) {
      sendings(datagrams, raw, streams.address());
    }
  }

  /** STREAM CONNECT DESTINATION= FROM_PORT= TO_PORT= SILENT=. */
  static I2pStream streamConnect(I2pSession session, String destination, int fromPort, int toPort)
      throws I2pException {
    return session.connect(
        I2pAddress.of(I2pName.parse(destination), toPort),
        ConnectOptions.defaults().withLocalPort(fromPort).withTimeout(Duration.ofSeconds(60)));
  }

  /** STREAM ACCEPT: the line DESTINATION FROM_PORT= TO_PORT=, then the data. */
  static String streamAccept(I2pAcceptor acceptor) throws I2pException {
    I2pStream stream = acceptor.accept(Duration.ofHours(1));
    return ((Destination) stream.remote().name()).base64() + " FROM_PORT="
        + stream.remote().port() + " TO_PORT=" + stream.local().port();
  }

  /** STREAM FORWARD: every stream of the session to a host and port. */
  static void streamForward(I2pAcceptor acceptor, StreamHandler toHostAndPort) throws I2pException {
    acceptor.serve(toHostAndPort);
  }

  /** DATAGRAM SEND, RAW SEND: FROM_PORT= TO_PORT= PROTOCOL= SEND_TAGS= TAG_THRESHOLD= EXPIRES= SEND_LEASESET=. */
  static void sendings(DatagramPort datagrams, DatagramPort raw, I2pAddress to)
      throws I2pException {
    SendOptions options = SendOptions.defaults()
        .withPorts(1, 2)
        .withTags(10, 5)
        .withExpires(Duration.ofSeconds(30))
        .withLeaseSet(true);
    datagrams.send(to, new byte[datagrams.maxPayload()], options);
    raw.send(to, new byte[1], options.withProtocol(43));
  }

  /** DATAGRAM RECEIVED, RAW RECEIVED: DESTINATION= SIZE= FROM_PORT= TO_PORT= PROTOCOL=. */
  static String received(DatagramPort port) throws I2pException {
    I2pDatagram datagram = port.receive(Duration.ofSeconds(1));
    String from = switch (datagram) {
      case I2pDatagram.Authenticated known -> known.from().base64();
      case I2pDatagram.Unverified claimed -> claimed.claimedHash().text();
      case I2pDatagram.Raw nobody -> "";
    };
    return from
        + datagram.payload().length
        + datagram.fromPort()
        + datagram.toPort()
        + datagram.protocol();
  }

  /** NAMING LOOKUP NAME= OPTIONS=true, NAME=ME. */
  static String namingLookup(I2p i2p, I2pSession session, String name) throws I2pException {
    if (name.equals("ME")) {
      return session.destination().base64();
    }
    Resolved resolved = i2p.resolveWithOptions(I2pName.parse(name));
    return resolved.destination().base64() + resolved.options();
  }

  /** PING: whether the session's router is still there; QUIT: closing. */
  static void pingAndQuit(I2p i2p, I2pSession session) throws I2pException {
    session.onEvent(event -> {
      if (event instanceof SessionEvent.Lost lost) {
        throw new IllegalStateException(lost.cause());
      }
    });
    i2p.status();
    session.close();
    i2p.close();
  }
}
