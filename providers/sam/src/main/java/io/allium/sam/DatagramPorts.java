package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The open datagram ports of one session (SAM v3, "Creating a Subsession": LISTEN_PORT, LISTEN_PROTOCOL). Port 0 and
 * protocol 0 stand for all; an exact one beats them, and an exact protocol beats an exact port.
 */
final class DatagramPorts {
  private static final int ANY = 0;

  /** Exact protocol at any port, any protocol at the exact port, any at any. */
  private static final int OTHERS = 3;

  private static final SamDatagramPort[] NONE = {};

  private final Predicate<I2pDatagram> taken;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong discarded = new AtomicLong();
  private volatile SamDatagramPort[] open = NONE;
  private volatile @Nullable I2pException ended;

  /**
   * Without any port yet.
   *
   * @param taken asked about each datagram first, whether it goes to no port
   */
  DatagramPorts(Predicate<I2pDatagram> taken) {
    this.taken = taken;
  }

  void add(SamDatagramPort port) throws I2pException {
    lock.lock();
    try {
      check();
      if (find(port.listenPort(), port.listenProtocol()) != null) {
        throw new I2pException(
            ErrorKind.CONFIG_INVALID,
            "port " + port.listenPort() + " of this session has a datagram port already: close it,"
                + " or take another");
      }
      List<SamDatagramPort> more = new ArrayList<>(List.of(open));
      more.add(port);
      open = more.toArray(NONE);
    } finally {
      lock.unlock();
    }
  }

  void remove(SamDatagramPort port) {
    lock.lock();
    try {
      List<SamDatagramPort> fewer = new ArrayList<>(List.of(open));
      fewer.remove(port);
      open = fewer.toArray(NONE);
    } finally {
      lock.unlock();
    }
  }

  /** Never blocks. {@link #wakeReceivers()} must follow, soon. */
  void deliver(I2pDatagram datagram, int size) {
    if (taken.test(datagram)) {
      return;
    }
    SamDatagramPort port = find(datagram.toPort(), datagram.protocol());
    for (int i = 0; port == null && i < OTHERS; i++) {
      port = find(i == 1 ? datagram.toPort() : ANY, i == 0 ? datagram.protocol() : ANY);
    }
    if (port == null) {
      discard();
    } else {
      port.offer(datagram, size);
    }
  }

  /** Of all that was delivered. */
  void wakeReceivers() {
    for (SamDatagramPort port : open) {
      port.wakeReceiver();
    }
  }

  /** What arrived was no datagram, or for nobody. */
  void discard() {
    if (discarded.getAndIncrement() == 0) {
      System.getLogger(DatagramPorts.class.getName())
          .log(System.Logger.Level.DEBUG, "a first datagram was malformed, or for no open port");
    }
  }

  long discarded() {
    return discarded.get();
  }

  /** Only the first reason counts. */
  void end(I2pException why) {
    lock.lock();
    try {
      if (ended == null) {
        ended = why;
      }
    } finally {
      lock.unlock();
    }
    for (SamDatagramPort port : open) {
      port.end(why);
    }
  }

  void check() throws I2pException {
    I2pException why = ended;
    if (why != null) {
      throw new I2pException(why.kind(), String.valueOf(why.getMessage()), why);
    }
  }

  private @Nullable SamDatagramPort find(int listenPort, int listenProtocol) {
    for (SamDatagramPort port : open) {
      if (port.listenPort() == listenPort && port.listenProtocol() == listenProtocol) {
        return port;
      }
    }
    return null;
  }
}
