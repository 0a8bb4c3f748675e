package io.allium.memory;

import io.allium.DatagramFormat;
import io.allium.DatagramOptions;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.SendOptions;
import io.allium.spi.Call;
import io.allium.spi.DatagramDriver;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionEvents;
import io.allium.spi.StreamDriver;
import io.allium.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A destination online in the network. */
final class MemorySession implements SessionDriver {
  /** A router keeps a new stream this long for a program that is about to accept. */
  private static final Duration ACCEPT_WAIT = Duration.ofSeconds(5);

  private static final class Arrival {
    final StreamDriver stream;
    boolean taken;
    boolean over;

    Arrival(StreamDriver stream) {
      this.stream = stream;
    }
  }

  private record LinkKey(int peer, DatagramFormat format, int localPort) {}

  private final MemoryNetwork network;
  private final Destination destination;
  private final Set<Protocol> protocols;
  private final boolean offlineKeys;
  private final SessionEvents events;
  private final DatagramTable datagrams = new DatagramTable();
  private final DatagramTransit inTransit = new DatagramTransit();
  private final Map<LinkKey, DatagramLink> datagramLinks = new ConcurrentHashMap<>();
  private final Map<Integer, AtomicInteger> links = new ConcurrentHashMap<>();
  private final Set<MemoryStream> streams = ConcurrentHashMap.newKeySet();
  final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
  private @Nullable I2pException ended;

  MemorySession(
      MemoryNetwork network,
      Destination destination,
      Set<Protocol> protocols,
      boolean offlineKeys,
      SessionEvents events) {
    this.network = network;
    this.destination = destination;
    this.protocols = protocols;
    this.offlineKeys = offlineKeys;
    this.events = events;
  }

  Destination destination() {
    return destination;
  }

  @Override
  public StreamDriver connect(Destination to, int toPort, int fromPort, Call call)
      throws I2pException, InterruptedException {
    failIfEnded();
    refuseUnless(Protocol.STREAM);
    MemorySession peer = network.session(to);
    if (peer == null) {
      throw new I2pException(
          ErrorKind.PEER_UNREACHABLE, "no such destination is online in this network");
    }
    int there = network.ordinal(peer);
    int number = links.computeIfAbsent(there, first -> new AtomicInteger()).incrementAndGet();
    String link = network.ordinal(this) + ">" + there + "#" + number;
    network.pause(new Dice(network.faults(), network.seed(), link).delayNanos(0), call);
    return pair(peer, toPort, fromPort, link, call);
  }

  @Override
  public StreamDriver accept(Call call) throws I2pException, InterruptedException {
    refuseUnless(Protocol.STREAM);
    boolean[] aborted = new boolean[1];
    call.onAbort(() -> locked(() -> aborted[0] = true));
    lock.lockInterruptibly();
    try {
      while (arrivals.isEmpty()) {
        failIfEnded();
        if (aborted[0]) {
          throw new I2pException(ErrorKind.CLOSED, "the accept was abandoned");
        }
        changed.await();
      }
      Arrival arrival = arrivals.remove();
      arrival.taken = true;
      changed.signalAll();
      return arrival.stream;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public DatagramDriver datagrams(DatagramOptions options, Call call) throws I2pException {
    refuseUnless(options.format().protocol());
    if (offlineKeys && options.format() == DatagramFormat.REPLIABLE) {
      // datagram specification, "Datagram1": the format has no room for an offline signature
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "repliable datagrams cannot be signed by offline keys: use DATAGRAM2, or keys that are not offline");
    }
    MemoryDatagrams port = new MemoryDatagrams(this, options);
    datagrams.add(port);
    try {
      failIfEnded();
    } catch (I2pException e) {
      port.close();
      throw e;
    }
    return port;
  }

  /** A datagram to nobody is lost, like one to a peer that is offline: its sender is not told. */
  void sendDatagram(int localPort, Destination to, Parcel parcel, SendOptions how)
      throws I2pException {
    failIfEnded();
    MemorySession peer = network.session(to);
    if (peer == null) {
      return;
    }
    if (network.faults().spareDatagrams()) {
      peer.arrive(parcel);
      return;
    }
    datagramLinks
        .computeIfAbsent(
            new LinkKey(network.ordinal(peer), parcel.format(), localPort), this::datagramLink)
        .carry(network.time(), peer.inTransit, parcel.size(), how, () -> peer.arrive(parcel));
  }

  private DatagramLink datagramLink(LinkKey key) {
    String name = network.ordinal(this) + ">" + key.peer + ":" + key.format + ":" + key.localPort;
    return new DatagramLink(new Dice(network.faults(), network.seed(), name));
  }

  void forget(MemoryDatagrams port) {
    datagrams.remove(port);
  }

  int datagramsUnderWay() {
    return inTransit.size();
  }

  private void arrive(Parcel parcel) {
    if (events.takes(parcel.content())) {
      return;
    }
    MemoryDatagrams port = datagrams.find(
        parcel.format(), parcel.content().toPort(), parcel.content().protocol());
    if (port != null) {
      port.arrive(parcel);
    }
  }

  @Override
  public void close() {
    end(new I2pException(ErrorKind.CLOSED, "the session is closed"));
    streams.forEach(MemoryStream::close);
  }

  /** The router restarts: the session is gone, and its program is told. */
  void lose(I2pException cause) {
    end(cause);
    streams.forEach(stream -> stream.lost(cause));
    events.lost(cause);
  }

  private StreamDriver pair(MemorySession peer, int toPort, int fromPort, String link, Call call)
      throws I2pException, InterruptedException {
    MemoryStream[] ends = new MemoryStream[2];
    Runnable breakDown = () -> ends[0].breakDown();
    TimeSource time = network.time();
    Pipe there =
        new Pipe(time, new Dice(network.faults(), network.seed(), link + ":there"), breakDown);
    Pipe back =
        new Pipe(time, new Dice(network.faults(), network.seed(), link + ":back"), breakDown);
    ends[0] = new MemoryStream(
        peer.destination, fromPort, toPort, back, there, () -> streams.remove(ends[0]));
    ends[1] = new MemoryStream(
        destination, toPort, fromPort, there, back, () -> peer.streams.remove(ends[1]));
    try {
      peer.arrive(ends[1], call);
      streams.add(ends[0]);
      failIfEnded();
    } catch (I2pException | InterruptedException e) {
      // an interrupt may come when it is accepted already
      ends[0].reset();
      throw e;
    }
    return ends[0];
  }

  private void arrive(MemoryStream stream, Call call) throws I2pException, InterruptedException {
    Arrival arrival = new Arrival(stream);
    Runnable giveUp = () -> locked(() -> arrival.over = true);
    call.onAbort(giveUp);
    TimeSource.Timer timer = network.time().schedule(ACCEPT_WAIT.toNanos(), giveUp);
    lock.lockInterruptibly();
    try {
      streams.add(stream);
      arrivals.add(arrival);
      changed.signalAll();
      while (!arrival.taken && !arrival.over && ended == null) {
        changed.await();
      }
      if (!arrival.taken) {
        throw new I2pException(
            ended == null ? ErrorKind.PEER_REFUSED : ErrorKind.PEER_UNREACHABLE,
            ended == null ? "nobody accepts streams there" : "the peer went offline");
      }
    } finally {
      if (!arrival.taken) {
        arrivals.remove(arrival);
        streams.remove(stream);
      }
      lock.unlock();
      timer.cancel();
    }
  }

  private void end(I2pException why) {
    locked(() -> {
      if (ended == null) {
        ended = why;
      }
    });
    network.offline(this);
    inTransit.end();
    datagrams.all().forEach(port -> port.end(why));
  }

  private void refuseUnless(Protocol protocol) throws I2pException {
    if (!protocols.contains(protocol)) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "this session carries " + protocols + ": open it with protocols(" + protocol
              + ") for this");
    }
  }

  private void failIfEnded() throws I2pException {
    lock.lock();
    try {
      if (ended != null) {
        throw new I2pException(ended.kind(), String.valueOf(ended.getMessage()), ended);
      }
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
