package io.allium.memory;

import io.allium.Capability;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Known;
import io.allium.Protocol;
import io.allium.Registration;
import io.allium.spi.Call;
import io.allium.spi.ConnectRequest;
import io.allium.spi.Offer;
import io.allium.spi.OpenRequest;
import io.allium.spi.SendRequest;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionSink;
import io.allium.spi.StreamDriver;
import io.allium.spi.TimeSource;
import io.allium.spi.support.End;
import io.allium.spi.support.OngoingCalls;
import io.allium.spi.support.OrderedLock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A destination online in the network. */
final class MemorySession implements SessionDriver {
  /** A router keeps a new stream this long for a program that is about to answer it. */
  private static final Duration ANSWER_WAIT = Duration.ofSeconds(5);

  /** More streams than this do not wait for the program to look at them. */
  private static final int MAX_ARRIVALS = 64;

  private final MemoryNetwork network;
  private final Destination destination;
  private final Set<Protocol> protocols;
  private final SessionSink sink;
  private final MemoryDatagrams datagrams;
  private final Map<Integer, AtomicInteger> links = new ConcurrentHashMap<>();
  private final Set<MemoryStream> streams = ConcurrentHashMap.newKeySet();

  /** Closed by us, and what was written is still under way. */
  private final Set<MemoryStream> closing = ConcurrentHashMap.newKeySet();

  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.PROVIDER_SESSION);
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<MemoryOffer> arrivals = new ArrayDeque<>();
  private final End end = new End();
  private final OngoingCalls connects = new OngoingCalls(end);

  /** Not answered yet, also those that the program has seen. */
  private final Set<MemoryOffer> unanswered = ConcurrentHashMap.newKeySet();

  /** Null until its program has said so. */
  private @Nullable IntPredicate listening;

  MemorySession(MemoryNetwork network, OpenRequest request, SessionSink sink) throws I2pException {
    this.network = network;
    destination = request.keys().destination();
    protocols = request.protocols();
    this.sink = sink;
    datagrams = new MemoryDatagrams(network, request.keys(), sink);
  }

  Destination destination() {
    return destination;
  }

  MemoryDatagrams datagrams() {
    return datagrams;
  }

  @Override
  public StreamDriver connect(ConnectRequest request, Call call)
      throws I2pException, InterruptedException {
    refuseUnless(Protocol.STREAM);
    return connects.run(call, own -> connectNow(request, own), StreamDriver::reset);
  }

  private StreamDriver connectNow(ConnectRequest request, Call call)
      throws I2pException, InterruptedException {
    MemorySession peer = network.sessions().find(request.to());
    if (peer == null) {
      throw new I2pException(
          ErrorKind.PEER_UNREACHABLE, "no such destination is online in this network");
    }
    int there = network.sessions().ordinal(peer);
    int number = links.computeIfAbsent(there, first -> new AtomicInteger()).incrementAndGet();
    String link = network.sessions().ordinal(this) + ">" + there + "#" + number;
    network.pause(new Dice(network.faults(), network.seed(), link).delayNanos(0), call);
    return pair(peer, request, link, call);
  }

  @Override
  public void listening(IntPredicate ports) {
    List<MemoryOffer> unwanted;
    lock.lock();
    try {
      listening = ports;
      unwanted =
          arrivals.stream().filter(offer -> !ports.test(offer.localPort())).toList();
      arrivals.removeAll(unwanted);
    } finally {
      lock.unlock();
    }
    unwanted.forEach(MemoryOffer::refuse);
  }

  @Override
  public Offer accept(Call call) throws I2pException, InterruptedException {
    refuseUnless(Protocol.STREAM);
    try (Registration abort = call.onAbort(this::wake)) {
      lock.lockInterruptibly();
      try {
        while (true) {
          arrivals.removeIf(offer -> !offer.isWaiting());
          MemoryOffer next = arrivals.poll();
          if (next != null) {
            return next;
          }
          end.check();
          if (call.aborted()) {
            throw new I2pException(ErrorKind.CLOSED, "the accept was abandoned");
          }
          changed.await();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public int maxPayload(Protocol protocol) {
    return MemoryDatagrams.maxPayload(protocol);
  }

  @Override
  public void send(SendRequest request) throws I2pException {
    end.check();
    datagrams.send(request, this, network.sessions().find(request.to()));
  }

  @Override
  public Known awaitPublished(Call call) throws I2pException {
    end.check();
    return Known.YES;
  }

  @Override
  public boolean probeCrossesNetwork() {
    return true;
  }

  @Override
  public Known close(Call call) {
    end(new I2pException(ErrorKind.CLOSED, "the session is closed"));
    streams.forEach(MemoryStream::close);
    Known all = Known.YES;
    try {
      for (MemoryStream stream : closing) {
        if (stream.awaitDelivered(call) != Known.YES) {
          all = Known.NO;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      all = Known.NO;
    }
    return all;
  }

  /** The router restarts: the session is gone, and its program is told. */
  void lose(I2pException cause) {
    end(cause);
    streams.forEach(stream -> stream.lost(cause));
    sink.lost(cause);
  }

  /** A stream of ours ended; it may have been closed cleanly. */
  private void ended(MemoryStream stream, boolean cleanly) {
    streams.remove(stream);
    closing.removeIf(MemoryStream::isDelivered);
    if (cleanly && !stream.isDelivered()) {
      closing.add(stream);
    }
  }

  private StreamDriver pair(MemorySession peer, ConnectRequest request, String link, Call call)
      throws I2pException, InterruptedException {
    MemoryStream[] ends = new MemoryStream[2];
    Set<Capability> capabilities = network.capabilities();
    Runnable breakDown = () -> ends[0].breakDown();
    TimeSource time = network.time();
    Pipe there =
        new Pipe(time, new Dice(network.faults(), network.seed(), link + ":there"), breakDown);
    Pipe back =
        new Pipe(time, new Dice(network.faults(), network.seed(), link + ":back"), breakDown);
    ends[0] = new MemoryStream(
        peer.destination,
        request.fromPort(),
        request.toPort(),
        back,
        there,
        capabilities,
        this::ended);
    ends[1] = new MemoryStream(
        destination, request.toPort(), request.fromPort(), there, back, capabilities, peer::ended);
    try {
      peer.arrive(ends[1], call);
      streams.add(ends[0]);
      end.check();
    } catch (I2pException | InterruptedException e) {
      // an interrupt may come when it is accepted already
      ends[0].reset();
      throw e;
    }
    return ends[0];
  }

  private void arrive(MemoryStream stream, Call call) throws I2pException, InterruptedException {
    MemoryOffer offer = new MemoryOffer(stream);
    offerToProgram(offer, stream);
    boolean answered = false;
    try {
      answered = offer.awaitAnswer(network.time(), ANSWER_WAIT.toNanos(), call);
    } finally {
      if (!answered) {
        streams.remove(stream);
      }
      forget(offer);
    }
    if (!answered) {
      throw end.isSet()
          ? new I2pException(ErrorKind.PEER_UNREACHABLE, "the peer went offline")
          : refused();
    }
  }

  private void offerToProgram(MemoryOffer offer, MemoryStream stream)
      throws I2pException, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (end.isSet()) {
        throw new I2pException(ErrorKind.PEER_UNREACHABLE, "the peer went offline");
      }
      boolean nobodyListens = listening != null && !listening.test(stream.localPort());
      if (nobodyListens || arrivals.size() >= MAX_ARRIVALS) {
        throw refused();
      }
      streams.add(stream);
      unanswered.add(offer);
      arrivals.add(offer);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static I2pException refused() {
    return new I2pException(ErrorKind.PEER_REFUSED, "nobody accepts streams there");
  }

  private void forget(MemoryOffer offer) {
    unanswered.remove(offer);
    lock.lock();
    try {
      arrivals.remove(offer);
    } finally {
      lock.unlock();
    }
  }

  private void end(I2pException why) {
    lock.lock();
    try {
      end.set(why);
      arrivals.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    unanswered.forEach(MemoryOffer::giveUp);
    connects.abort();
    network.sessions().remove(this);
    datagrams.end();
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void refuseUnless(Protocol protocol) throws I2pException {
    if (!protocols.contains(protocol)) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "this session carries " + protocols + ": open it with protocols(" + protocol
              + ") for this");
    }
  }
}
