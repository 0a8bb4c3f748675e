package io.allium.interop;

import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SessionConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Datagrams of every format between i2pd and Java routers, both ways, each checked for its bytes and its sender. What is lost is
 * sent again. An i2pd speaks first each time: a Java router that looks for a destination in vain, as it is not yet published, does
 * not look again for minutes, but the first message from a destination tells it where the answer goes. It prints a line for each
 * format and direction.
 */
final class MixedExchange implements AutoCloseable {
  /** Datagrams a way. */
  static final int COUNT = 20;

  private static final List<Protocol> FORMATS =
      List.of(Protocol.DATAGRAM, Protocol.DATAGRAM2, Protocol.DATAGRAM3, Protocol.RAW);

  private static final int[] SIZES = {3, 64, 1024, 10_000, 31_000};
  private static final int HOPS = 1;
  private static final int TUNNELS = 3;
  private static final Duration RESEND = Duration.ofMillis(500);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Duration HEARD = Duration.ofSeconds(20);
  private static final int SESSIONS = 3;

  /** Of which some arrive, where most do. */
  private static final int TRIES = 10;

  /** What i2pd's SAM answers to a style that it does not have. */
  private static final String NO_STYLE = "Unknown STYLE";

  private final MixedNetwork network;
  private final Random random = new Random();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger done = new AtomicInteger();
  private final Queue<AutoCloseable> open = new ConcurrentLinkedQueue<>();

  MixedExchange(MixedNetwork network) {
    this.network = network;
  }

  /**
   * Throws where a datagram does not arrive, or not as it was sent.
   *
   * @return how many ways there were: a format from one kind of router to the other, or back
   */
  int run() throws Exception {
    Future<Map<Protocol, DatagramEnd>> toSam = threads.submit(() -> ends(network.javaI2cp(0)));
    Future<Map<Protocol, DatagramEnd>> toI2cp = threads.submit(() -> ends(network.javaI2cp(1)));
    List<Future<?>> ways = new ArrayList<>();
    ways.add(threads.submit(() -> {
      both("i2pd I2CP", () -> ends(network.i2pdI2cp(1)), get(toI2cp));
      return null;
    }));
    for (Protocol format : FORMATS) {
      ways.add(threads.submit(() -> {
        both("i2pd SAM", () -> onSam(format), get(toSam));
        return null;
      }));
    }
    for (Future<?> way : ways) {
      get(way);
    }
    return done.get();
  }

  /** A session that carries every format. */
  private Map<Protocol, DatagramEnd> ends(URI i2cp) throws I2pException {
    I2pSession session = open(i2cp, FORMATS);
    Map<Protocol, DatagramEnd> ends = new EnumMap<>(Protocol.class);
    for (Protocol format : FORMATS) {
      ends.put(format, DatagramEnd.of(session, format));
    }
    return ends;
  }

  private I2pSession open(URI router, List<Protocol> formats) throws I2pException {
    I2p i2p = I2p.connect(router);
    open.add(i2p);
    return i2p.open(SessionConfig.builder()
        .protocols(formats.getFirst(), formats.toArray(new Protocol[0]))
        .tunnelLength(HOPS, HOPS)
        .tunnelQuantity(TUNNELS, TUNNELS)
        .build());
  }

  /** Nothing where this i2pd has no such style. */
  private Map<Protocol, DatagramEnd> onSam(Protocol format) throws IOException {
    if (format == Protocol.DATAGRAM || format == Protocol.RAW) {
      return Map.of(format, DatagramEnd.of(open(network.sam(0), List.of(format)), format));
    }
    try {
      RawUdp session = RawUdp.session(
          network.sam(0), "mixed-" + format + "-" + open.size(), format.name(), HOPS);
      open.add(session);
      return Map.of(format, DatagramEnd.of(session));
    } catch (AssertionError e) {
      if (String.valueOf(e.getMessage()).contains(NO_STYLE)) {
        report("%-34s no: this i2pd says %s".formatted(format + " i2pd SAM", NO_STYLE));
        return Map.of();
      }
      throw e;
    }
  }

  private void both(
      String name, Callable<Map<Protocol, DatagramEnd>> opening, Map<Protocol, DatagramEnd> java)
      throws Exception {
    Map<Protocol, DatagramEnd> i2pd = opening.call();
    for (int tries = 1; tries < SESSIONS && !isHeard(i2pd, java); tries++) {
      report(i2pd.keySet() + " " + name + ": unheard for " + HEARD.toSeconds()
          + " s, so once more with a new session");
      i2pd = opening.call();
    }
    for (Map.Entry<Protocol, DatagramEnd> end : i2pd.entrySet()) {
      Protocol format = end.getKey();
      String there = format + " " + name + " > Java I2CP";
      if (isSignedWrongly(format, end.getValue()) && isRefused(end.getValue(), get(java, format))) {
        report("%-34s no: this i2pd signs the sender's hash in place of the receiver's"
            .formatted(there));
      } else {
        oneWay(there, format, end.getValue(), get(java, format));
      }
      oneWay(format + " Java I2CP > " + name, format, get(java, format), end.getValue());
    }
  }

  /** An i2pd keeps to one tunnel of its peer for minutes, also where nothing arrives through it. */
  private static boolean isHeard(Map<Protocol, DatagramEnd> i2pd, Map<Protocol, DatagramEnd> java)
      throws IOException {
    for (Map.Entry<Protocol, DatagramEnd> end : i2pd.entrySet()) {
      if (!isSignedWrongly(end.getKey(), end.getValue())) {
        return deliver(end.getValue(), get(java, end.getKey()), new byte[SIZES[0]], HEARD)
            .isPresent();
      }
    }
    return true;
  }

  private static boolean isSignedWrongly(Protocol format, DatagramEnd end) {
    return format == Protocol.DATAGRAM2 && end instanceof DatagramEnd.ByHand;
  }

  /**
   * Whether none of several is accepted. That they arrived is seen by the way back, which the Java router knows from them alone.
   */
  private static boolean isRefused(DatagramEnd from, DatagramEnd to) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      from.send(to.destination(), new byte[i + 1]);
      if (to.receive(RESEND).isPresent()) {
        return false;
      }
    }
    return true;
  }

  private void oneWay(String way, Protocol format, DatagramEnd from, DatagramEnd to)
      throws IOException {
    String sender = format == Protocol.RAW
        ? DatagramEnd.NOBODY
        : from.destination().base32().text();
    long start = System.nanoTime();
    int sent = 0;
    for (int i = 0; i < COUNT; i++) {
      byte[] payload = new byte[SIZES[i % SIZES.length]];
      random.nextBytes(payload);
      Optional<Delivery> delivery = deliver(from, to, payload, LIMIT);
      if (delivery.isEmpty()) {
        throw new IOException(way + ": a datagram of " + payload.length + " bytes did not arrive");
      }
      if (!delivery.get().sender().equals(sender)) {
        throw new IOException(way + ": the sender is " + delivery.get().sender());
      }
      sent += delivery.get().sent();
    }
    done.incrementAndGet();
    report("%-34s %d of %d arrived, %d sent, in %.1f s"
        .formatted(way, COUNT, COUNT, sent, (System.nanoTime() - start) / 1e9));
  }

  /**
   * A datagram that came.
   *
   * @param sender as it tells
   * @param sent how often until then
   */
  private record Delivery(String sender, int sent) {}

  /** Sends it until it comes; what comes of others that were sent twice is passed over. */
  private static Optional<Delivery> deliver(
      DatagramEnd from, DatagramEnd to, byte[] payload, Duration limit) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    for (int sent = 1; System.nanoTime() < end; sent++) {
      from.send(to.destination(), payload);
      Optional<DatagramEnd.Arrival> arrival = to.receive(RESEND);
      while (arrival.isPresent() && !Arrays.equals(arrival.get().payload(), payload)) {
        arrival = to.receive(RESEND);
      }
      if (arrival.isPresent()) {
        return Optional.of(new Delivery(arrival.get().sender(), sent));
      }
    }
    return Optional.empty();
  }

  private static void report(String line) {
    System.out.println(line);
  }

  private static DatagramEnd get(Map<Protocol, DatagramEnd> ends, Protocol format) {
    return Objects.requireNonNull(ends.get(format));
  }

  private static <T> T get(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() throws Exception {
    threads.shutdownNow();
    for (AutoCloseable closeable : open) {
      if (closeable instanceof I2p i2p) {
        i2p.close(Duration.ZERO);
      } else {
        closeable.close();
      }
    }
  }
}
