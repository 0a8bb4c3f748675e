package io.allium.micrometer;

import io.allium.DatagramPort;
import io.allium.I2p;
import io.allium.SessionStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Meters of all sessions of one access:
 *
 * <pre>{@code
 * new I2pMetrics(i2p).bindTo(registry);
 * }</pre>
 *
 * <ul>
 *   <li>{@code io.allium.sessions}, a gauge: sessions that are open now, by the tag {@code state}: {@code online} or {@code
 *       recovering}. A session that was lost for good is not open.
 *   <li>{@code io.allium.streams}, a gauge: streams that are open now.
 *   <li>{@code io.allium.connect}, a counter: streams that this program opened.
 *   <li>{@code io.allium.accept}, a counter: incoming streams that were handed to this program.
 *   <li>{@code io.allium.accept.waiting}, a gauge: incoming streams that wait for an acceptor now.
 *   <li>{@code io.allium.accept.refused}, a counter: incoming streams that were refused.
 *   <li>{@code io.allium.recovery}, a counter: how often a session was lost and came back.
 * </ul>
 *
 * <p>The counters of connects, accepts and recoveries have the names of the events of the Flight Recorder, in lower case. What
 * a session counted stays counted after its end. A session that opens and closes between two readings of the registry
 * is not seen.
 *
 * <p>No meter has an address as a tag. To tell two accesses in one registry apart, give each a tag of your own. Reading the meters
 * asks no router and never waits for the network. Safe for use by several threads.
 */
public final class I2pMetrics implements MeterBinder {
  private final SessionTotals totals;
  private final Tags tags;

  /**
   * Meters without tags of their own.
   *
   * @param i2p whose sessions are counted; its owner closes it
   */
  public I2pMetrics(I2p i2p) {
    this(i2p, Tags.empty());
  }

  /**
   * Meters with tags.
   *
   * @param i2p whose sessions are counted; its owner closes it
   * @param tags for each of the meters; never an address, since whoever reads the metrics would learn it
   */
  public I2pMetrics(I2p i2p, Iterable<Tag> tags) {
    totals = new SessionTotals(Objects.requireNonNull(i2p, "i2p"));
    this.tags = Tags.of(tags);
  }

  /**
   * The datagrams that a port dropped because nobody received them in time: a counter {@code io.allium.datagrams.dropped}.
   *
   * @param port its owner closes it; the counter keeps no port from being collected, so keep it while it counts
   * @param tags to tell it from other ports of the registry; never an address
   * @return a binder for a registry
   */
  public static MeterBinder datagrams(DatagramPort port, Iterable<Tag> tags) {
    Objects.requireNonNull(port, "port");
    Tags own = Tags.of(tags);
    return registry -> FunctionCounter.builder(
            "io.allium.datagrams.dropped", port, DatagramPort::dropped)
        .description("I2P datagrams that nobody received in time")
        .baseUnit("datagrams")
        .tags(own)
        .register(registry);
  }

  /**
   * Adds the meters to a registry.
   *
   * @param registry holds on to the access until the meters are removed from it
   */
  @Override
  public void bindTo(MeterRegistry registry) {
    sessions(registry, SessionStatus.State.ONLINE);
    sessions(registry, SessionStatus.State.RECOVERING);
    // A gauge with a strong reference keeps what the counters count, which they do not.
    gauge(
        registry,
        "io.allium.streams",
        "I2P streams open now",
        "streams",
        SessionTotals::openStreams);
    gauge(
        registry,
        "io.allium.accept.waiting",
        "Incoming I2P streams that wait for an acceptor",
        "streams",
        SessionTotals::waiting);
    counter(
        registry,
        "io.allium.connect",
        "I2P streams connected",
        "streams",
        SessionTotals::connected);
    counter(
        registry, "io.allium.accept", "I2P streams accepted", "streams", SessionTotals::accepted);
    counter(
        registry,
        "io.allium.accept.refused",
        "I2P streams refused",
        "streams",
        SessionTotals::refused);
    counter(
        registry,
        "io.allium.recovery",
        "I2P sessions lost and back",
        "recoveries",
        SessionTotals::recovered);
  }

  private void sessions(MeterRegistry registry, SessionStatus.State state) {
    Gauge.builder("io.allium.sessions", totals, all -> all.in(state))
        .description("I2P sessions open now")
        .baseUnit("sessions")
        .tags(tags)
        .tag("state", state.name().toLowerCase(Locale.ROOT))
        .strongReference(true)
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      String description,
      String unit,
      ToDoubleFunction<SessionTotals> value) {
    Gauge.builder(name, totals, value)
        .description(description)
        .baseUnit(unit)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  private void counter(
      MeterRegistry registry,
      String name,
      String description,
      String unit,
      ToDoubleFunction<SessionTotals> value) {
    FunctionCounter.builder(name, totals, value)
        .description(description)
        .baseUnit(unit)
        .tags(tags)
        .register(registry);
  }
}
