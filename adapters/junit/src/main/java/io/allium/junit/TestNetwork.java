package io.allium.junit;

import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.memory.Faults;
import io.allium.memory.MemoryNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.AnnotationSupport;

/** The network of one test, or of one class, and what the extension opened on it. JUnit closes it with its context. */
@SuppressWarnings(
    "deprecation") // JUnit 5.12 closes only a CloseableResource; newer ones want an AutoCloseable
final class TestNetwork implements ExtensionContext.Store.CloseableResource, AutoCloseable {
  private static final Namespace NAMESPACE = Namespace.create(TestNetwork.class);

  private final MemoryNetwork network;
  private final long seed;
  private final boolean waitsForClock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, I2p> routers = new ConcurrentHashMap<>();
  private final Set<I2pSession> sessions = ConcurrentHashMap.newKeySet();

  private TestNetwork(Optional<I2pNetwork> settings) {
    seed = settings
        .map(I2pNetwork::seed)
        .filter(chosen -> chosen != 0)
        .orElseGet(TestNetwork::anySeed);
    waitsForClock = settings
        .filter(chosen -> chosen.manualClock() && chosen.buildDelayMillis() > 0)
        .isPresent();
    MemoryNetwork.Builder builder = MemoryNetwork.builder().seed(seed);
    settings.ifPresent(chosen -> apply(chosen, builder));
    network = builder.build();
  }

  private static void apply(I2pNetwork settings, MemoryNetwork.Builder builder) {
    builder.faults(Faults.none()
        .withLatency(
            Duration.ofMillis(settings.latencyMillis()), Duration.ofMillis(settings.jitterMillis()))
        .withLoss(settings.loss(), Duration.ofMillis(settings.resendMillis()))
        .withReset(settings.reset())
        .withBuildDelay(Duration.ofMillis(settings.buildDelayMillis())));
    if (settings.manualClock()) {
      builder.manualClock();
    }
    for (var capability : settings.without()) {
      builder.without(capability);
    }
  }

  /** Short enough to be copied by hand, and never 0, which stands for none. */
  private static long anySeed() {
    return ThreadLocalRandom.current().nextLong(1, 1L << 40);
  }

  /** The network that the context is on; a new one of its own if there is none yet. */
  static TestNetwork of(ExtensionContext context) {
    return find(context)
        .orElseGet(() -> context
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                context.getUniqueId(),
                id -> new TestNetwork(settings(context)),
                TestNetwork.class));
  }

  /** The network that the context is on: its own, or that of a class around it, unless an annotation comes between. */
  static Optional<TestNetwork> find(ExtensionContext context) {
    Optional<TestNetwork> own = ownedBy(context);
    if (own.isPresent() || AnnotationSupport.isAnnotated(context.getElement(), I2pNetwork.class)) {
      return own;
    }
    return context.getParent().flatMap(TestNetwork::find);
  }

  /** The network that ends with this context. */
  static Optional<TestNetwork> ownedBy(ExtensionContext context) {
    return Optional.ofNullable(
        context.getStore(NAMESPACE).get(context.getUniqueId(), TestNetwork.class));
  }

  private static Optional<I2pNetwork> settings(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getElement(), I2pNetwork.class)
        .or(() -> context.getParent().flatMap(TestNetwork::settings));
  }

  MemoryNetwork network() {
    return network;
  }

  long seed() {
    return seed;
  }

  I2p router(String name) throws I2pException {
    lock.lock();
    try {
      I2p known = routers.get(name);
      if (known == null) {
        known = I2p.connect(network.router(name));
        routers.put(name, known);
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  I2pSession open(String router) throws I2pException {
    if (waitsForClock) {
      throw new ParameterResolutionException(
          "no session opens before the test moves the clock: take an I2p as the parameter, open the session in another"
              + " thread, and call advance");
    }
    I2pSession session = router(router).open();
    sessions.add(session);
    return session;
  }

  void checkLeaks() {
    List<String> left = routers.entrySet().stream()
        .flatMap(router -> router.getValue().sessions().stream()
            .filter(session -> !sessions.contains(session))
            .map(session ->
                "the session " + session.destination().base32() + " on router " + router.getKey()))
        .sorted()
        .toList();
    if (!left.isEmpty()) {
      throw new AssertionError("the test left open what it opened, " + String.join(" and ", left)
          + ": open sessions in a try-with-resources statement");
    }
  }

  /** At once: the test is over, and on a manual clock nobody would let time pass. */
  @Override
  public void close() {
    sessions.forEach(session -> session.close(Duration.ZERO));
    routers.values().forEach(router -> router.close(Duration.ZERO));
    network.close();
  }
}
