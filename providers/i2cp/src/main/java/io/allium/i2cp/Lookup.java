package io.allium.i2cp;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.Registration;
import io.allium.protocol.i2cp.ClientMessage;
import io.allium.protocol.i2cp.HostReply;
import io.allium.protocol.i2cp.state.Event;
import io.allium.spi.Call;
import io.allium.spi.support.OrderedLock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One look-up on a connection of its own. */
final class Lookup implements Link.Listener {
  private static final long NUMBER = 1;

  /** Java I2P finds what there is within ten seconds, or not at all. */
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private interface Question {
    byte[] of(long number, long timeoutMillis);
  }

  private final Link link;
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.PROVIDER_STREAM);
  private final Condition changed = lock.newCondition();
  private @Nullable HostReply reply;
  private @Nullable I2pException failure;

  private Lookup(Link link) {
    this.link = link;
  }

  /** Asks a router, without a session. */
  static Destination of(I2pName name, Link link, Call call)
      throws I2pException, InterruptedException {
    Lookup lookup = new Lookup(link);
    link.tell(lookup);
    Optional<byte[]> hash = name.hash();
    return lookup.find(
        hash.isPresent()
            ? (number, millis) ->
                ClientMessage.lookup(ClientMessage.NO_SESSION, number, millis, hash.get())
            : (number, millis) ->
                ClientMessage.lookup(ClientMessage.NO_SESSION, number, millis, name.text()),
        call);
  }

  private Destination find(Question question, Call call) throws I2pException, InterruptedException {
    link.outbox().control(question.of(NUMBER, TimeUnit.NANOSECONDS.toMillis(routersTime(call))));
    HostReply found = await(call);
    if (found.destination().isEmpty()) {
      throw I2cpErrors.lookup(found.code());
    }
    try {
      return Destination.of(found.destination().get());
    } catch (I2pException e) {
      throw I2cpErrors.noDestination(e);
    }
  }

  /** Less than ours: its no says more than that no answer came. */
  private static long routersTime(Call call) {
    return Math.min(LONGEST.toNanos(), call.remainingNanos() / 4 * 3);
  }

  @Override
  public void on(Event event) {
    if (event instanceof Event.Found found && found.reply().request() == NUMBER) {
      lock.lock();
      try {
        reply = reply == null ? found.reply() : reply; // one answers a question, the first
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public void batchEnd() {}

  @Override
  public void ended(I2pException cause) {
    lock.lock();
    try {
      failure = cause;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private HostReply await(Call call) throws I2pException, InterruptedException {
    try (Registration abort = call.onAbort(this::wake)) {
      lock.lockInterruptibly();
      try {
        while (reply == null && failure == null && !call.aborted()) {
          changed.await();
        }
        if (reply != null) {
          return reply;
        }
        throw failure != null
            ? failure
            : new I2pException(
                ErrorKind.TIMEOUT, "the router did not find the name in time: try again");
      } finally {
        lock.unlock();
      }
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
