package io.allium.internal;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.spi.Arrived;
import io.allium.spi.support.End;
import io.allium.spi.support.OrderedLock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The datagram ports of a session, and which of them gets what arrives: an exact port beats port 0, for raw datagrams after
 * an exact protocol number beat every number.
 */
final class DatagramTable {
  /** A datagram port as the table sees it. */
  interface Port {
    Protocol protocol();

    int listenPort();

    int listenNumber();

    void offer(Arrived arrived);

    void wakeReceiver();

    void end(I2pException why);
  }

  private static final int ANY = 0;

  private static final Port[] NONE = {};

  private final Destination us;
  private final DatagramProbes probes = new DatagramProbes();
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.DATAGRAM_TABLE);
  private final AtomicLong discarded = new AtomicLong();
  private final End end = new End();
  private volatile Port[] ports = NONE;

  DatagramTable(Destination us) {
    this.us = us;
  }

  DatagramProbes probes() {
    return probes;
  }

  /** Whose datagrams they are. */
  Destination us() {
    return us;
  }

  void add(Port port) throws I2pException {
    lock.lock();
    try {
      end.check("datagrams");
      if (find(port.protocol(), port.listenPort(), port.listenNumber()) != null) {
        throw new I2pException(
            ErrorKind.CONFIG_INVALID,
            "a datagram port of this kind is already open at port " + port.listenPort()
                + ": close it first, or choose another port");
      }
      List<Port> more = new ArrayList<>(List.of(ports));
      more.add(port);
      ports = more.toArray(NONE);
    } finally {
      lock.unlock();
    }
  }

  void remove(Port port) {
    lock.lock();
    try {
      List<Port> fewer = new ArrayList<>(List.of(ports));
      fewer.remove(port);
      ports = fewer.toArray(NONE);
    } finally {
      lock.unlock();
    }
  }

  /** Never blocks. {@link #wakeReceivers()} must follow. */
  void deliver(Arrived arrived) {
    if (probes.areExpected() && isProbe(arrived)) {
      return;
    }
    Port port = switch (arrived) {
      case Arrived.Message message -> route(message.protocol(), message.toPort());
      case Arrived.Checked checked ->
        route(checked.datagram().protocol(), checked.datagram().toPort());
    };
    if (port == null) {
      discard();
    } else {
      port.offer(arrived);
    }
  }

  /** Of all that was delivered. */
  void wakeReceivers() {
    for (Port port : ports) {
      port.wakeReceiver();
    }
  }

  /** What arrived was malformed, or for nobody. */
  void discard() {
    if (discarded.getAndIncrement() == 0) {
      System.getLogger("io.allium.I2pSession")
          .log(System.Logger.Level.DEBUG, "a first datagram was malformed, or for no open port");
    }
  }

  /** How many datagrams were malformed, or for no open port. */
  long discarded() {
    return discarded.get();
  }

  void end(I2pException why) {
    lock.lock();
    try {
      end.set(why);
    } finally {
      lock.unlock();
    }
    for (Port port : ports) {
      port.end(why);
    }
  }

  private boolean isProbe(Arrived arrived) {
    try {
      return probes.takes(DatagramDecoder.content(arrived, us));
    } catch (I2pException malformed) {
      return false;
    }
  }

  private @Nullable Port route(int number, int port) {
    Protocol protocol = DatagramDecoder.protocol(number);
    if (protocol != Protocol.RAW) {
      return atPort(protocol, port, number);
    }
    Port exact = atPort(protocol, port, number);
    return exact != null ? exact : atPort(protocol, port, ANY);
  }

  private @Nullable Port atPort(Protocol protocol, int port, int number) {
    Port exact = find(protocol, port, number);
    return exact != null ? exact : find(protocol, ANY, number);
  }

  private @Nullable Port find(Protocol protocol, int listenPort, int listenNumber) {
    for (Port port : ports) {
      if (port.protocol() == protocol
          && port.listenPort() == listenPort
          && port.listenNumber() == listenNumber) {
        return port;
      }
    }
    return null;
  }
}
