package io.allium.sam.bridge;

import io.allium.DatagramPort;
import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.protocol.sam.DatagramReceived;
import io.allium.protocol.sam.DatagramSend;
import io.allium.protocol.sam.RawReceived;
import io.allium.protocol.sam.SamReply;
import io.allium.protocol.sam.SamResult;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.SessionCreate;
import io.allium.protocol.sam.SessionStatus;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** The session that lives as long as its connection, and its datagrams, which travel on it. */
final class OwnSession implements AutoCloseable {
  private final Connection connection;
  private final I2p router;
  private final ConcurrentMap<String, Optional<BridgeSession>> sessions;
  private final ExecutorService threads;
  private @Nullable BridgeSession session;
  private String id = "";
  private volatile boolean left;

  OwnSession(
      Connection connection,
      I2p router,
      ConcurrentMap<String, Optional<BridgeSession>> sessions,
      ExecutorService threads) {
    this.connection = connection;
    this.router = router;
    this.sessions = sessions;
    this.threads = threads;
  }

  Optional<Destination> destination() {
    return Optional.ofNullable(session).map(BridgeSession::destination);
  }

  void create(SessionCreate command, SamVersion version) throws IOException {
    if (session != null) {
      refuse(SamResult.I2P_ERROR, "this connection has a session");
    } else if (sessions.putIfAbsent(command.id(), Optional.empty()) != null) {
      refuse(SamResult.DUPLICATED_ID, "");
    } else {
      id = command.id();
      open(command, version);
    }
  }

  private void open(SessionCreate command, SamVersion version) throws IOException {
    try (DestinationKeys keys = BridgeSession.keys(command)) {
      BridgeSession opened = openWhenFree(command, keys);
      session = opened;
      sessions.put(id, Optional.of(opened));
      connection.send(new SessionStatus(SamResult.OK, Optional.of(keys.exportBase64()), ""));
      opened.onClosed(() -> Thread.ofVirtual().name("test-bridge-end").start(this::ended));
      opened.datagrams().ifPresent(port -> threads.execute(() -> receive(port, version)));
    } catch (I2pException e) {
      sessions.remove(id);
      refuse(Results.of(e.kind()), Results.note(e));
    } catch (IllegalArgumentException e) {
      sessions.remove(id);
      refuse(SamResult.I2P_ERROR, Results.note(String.valueOf(e.getMessage())));
    }
  }

  /** A client that leaves and comes back with the same keys may be faster than the end of its connection. */
  private BridgeSession openWhenFree(SessionCreate command, DestinationKeys keys)
      throws I2pException {
    try {
      return BridgeSession.open(router, command, keys);
    } catch (I2pException e) {
      boolean free = e.kind() == ErrorKind.DESTINATION_IN_USE
          && sessions.values().stream()
              .flatMap(Optional::stream)
              .filter(other -> other.destination().equals(keys.destination()))
              .allMatch(BridgeSession::awaitEnd);
      if (!free) {
        throw e;
      }
      return BridgeSession.open(router, command, keys);
    }
  }

  private void refuse(SamResult result, String note) throws IOException {
    connection.send(new SessionStatus(result, Optional.empty(), note));
  }

  /** Unless it was the client who ended it. */
  private void ended() {
    if (left) {
      return;
    }
    try (connection) {
      refuse(SamResult.I2P_ERROR, "the session has ended");
    } catch (IOException e) {
      // the client leaves at the same moment
    }
  }

  /** SAM has no answer to a datagram: one that cannot be sent is dropped. */
  void send(DatagramSend command, byte[] payload) {
    try {
      if (session != null) {
        session.send(command, payload);
      }
    } catch (I2pException e) {
      System.getLogger(OwnSession.class.getName())
          .log(System.Logger.Level.DEBUG, "a datagram was not sent: " + e.getMessage());
    }
  }

  private void receive(DatagramPort port, SamVersion version) {
    try {
      while (true) {
        I2pDatagram datagram = port.receive();
        byte[] payload = datagram.payload();
        connection.send(announce(datagram, payload.length, version).encode(), payload);
      }
    } catch (IOException e) {
      // the session or its connection has ended, and whoever ended it tells
    }
  }

  private static SamReply announce(I2pDatagram datagram, int size, SamVersion version) {
    OptionalInt from = since(version, datagram.fromPort());
    OptionalInt to = since(version, datagram.toPort());
    return switch (datagram) {
      case I2pDatagram.Authenticated known ->
        new DatagramReceived(known.from().base64(), size, from, to);
      case I2pDatagram.Unverified claimed -> new DatagramReceived(hash(claimed), size, from, to);
      case I2pDatagram.Raw raw -> new RawReceived(size, from, to, since(version, raw.protocol()));
    };
  }

  private static OptionalInt since(SamVersion version, int number) {
    return version.hasPorts() ? OptionalInt.of(number) : OptionalInt.empty();
  }

  /** I2P's base 64 has two letters of its own (SAM v3, "Datagram 2/3": the 44 characters of the hash). */
  private static String hash(I2pDatagram.Unverified datagram) {
    return Base64.getEncoder()
        .encodeToString(datagram.claimedHash().hash().orElseThrow())
        .replace('+', '-')
        .replace('/', '~');
  }

  @Override
  public void close() {
    left = true;
    if (session != null) {
      session.close();
      sessions.remove(id);
    }
  }
}
