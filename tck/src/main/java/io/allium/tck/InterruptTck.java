package io.allium.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Protocol;
import io.allium.SessionConfig;
import io.allium.SessionStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Interrupts at random moments, in everything that waits: only the call is abandoned, and nothing is left behind. */
public abstract class InterruptTck extends ProviderTck {
  private static final long MAX_DELAY_NANOS = 400_000;
  private static final int BLOCK = 1 << 16;

  /** Opening one takes a router seconds. */
  private static final int SESSIONS_EVERY = 10;

  private static final long SETTLING_NANOS = 250_000_000;

  /** What is interrupted. */
  private enum Wait {
    CONNECT,
    ACCEPT,
    READ,
    WRITE,
    OPEN,
    CLOSE
  }

  /** Something that waits, and what it yields if no interrupt comes in time. */
  private interface Body<T> {
    T run() throws IOException;
  }

  /** For subclasses. */
  protected InterruptTck() {}

  /**
   * How many interrupts there are.
   *
   * @return fewer on a network that is slow to connect or to open sessions
   */
  protected int interrupts() {
    return 1000;
  }

  @Test
  @NeedsStreams
  void interruptsAtRandomMomentsAbandonOnlyTheirCall() throws Exception {
    long seed = Long.getLong("allium.seed", ThreadLocalRandom.current().nextLong());
    try {
      interruptAll(new Random(seed));
    } catch (Exception | AssertionError e) {
      throw new AssertionError("with -Dallium.seed=" + seed, e);
    }
  }

  @Test
  void interruptsOfDatagramCallsAbandonOnlyTheirCall() throws Exception {
    Optional<Protocol> format = formats().findFirst();
    assumeThat(format).as("a format that it carries").isPresent();
    long seed = Long.getLong("allium.seed", ThreadLocalRandom.current().nextLong());
    try {
      interruptDatagrams(format.orElseThrow(), new Random(seed));
    } catch (Exception | AssertionError e) {
      throw new AssertionError("with -Dallium.seed=" + seed, e);
    }
  }

  private void interruptDatagrams(Protocol format, Random chance) throws Exception {
    SessionConfig config = subject().config().protocols(format).build();
    Courier courier = new Courier(subject().patience());
    try (Pair pair = subject().pair(format);
        DatagramPort here = pair.client().datagrams(DatagramOptions.of(format, 0));
        DatagramPort there = pair.server().datagrams(DatagramOptions.of(format, 0))) {
      I2pAddress server = I2pAddress.of(pair.server().destination(), 0);
      courier.deliver(here, server, there, Courier.payload(100));
      long descriptors = settledDescriptors();
      for (int i = 0; i < interrupts(); i++) {
        if (i % SESSIONS_EVERY == 0) {
          interrupted(chance, () -> subject().client().open(config)).ifPresent(I2pSession::close);
          I2pSession closed = subject().client().open(config);
          interrupted(chance, () -> {
            closed.close();
            return true;
          });
          until(() -> closed.status().state() == SessionStatus.State.CLOSED);
        }
        interrupted(chance, () -> {
          here.send(server, Courier.payload(100));
          return true;
        });
        interrupted(chance, there::receive);
      }
      courier.deliver(here, server, there, Courier.payload(100));
      until(() -> descriptors() <= descriptors);
      assertThat(pair.client().status().recovered()).isZero();
      assertThat(pair.server().status().recovered()).isZero();
    }
  }

  private void interruptAll(Random chance) throws Exception {
    try (Pair pair = subject().pair();
        I2pAcceptor acceptor = pair.server().listen(0)) {
      pair.open(acceptor, subject().patience()).close();
      until(() -> streams(pair) == 0);
      long descriptors = settledDescriptors();
      int lost = 0;
      for (int i = 0; i < interrupts(); i++) {
        Wait wait = Wait.values()[chance.nextInt(Wait.values().length)];
        try {
          interrupt(wait, pair, acceptor, chance);
        } catch (I2pException e) {
          if (e.kind() != ErrorKind.TIMEOUT || ++lost > subject().lostStreams()) {
            throw e;
          }
        }
      }
      pair.open(acceptor, subject().patience()).close();
      until(() -> streams(pair) == 0);
      until(() -> descriptors() <= descriptors);
      assertThat(pair.client().status().recovered()).isZero();
      assertThat(pair.server().status().recovered()).isZero();
    }
  }

  private void interrupt(Wait wait, Pair pair, I2pAcceptor acceptor, Random chance)
      throws Exception {
    I2pAddress server =
        I2pAddress.of(pair.server().destination(), acceptor.address().port());
    switch (wait) {
      case CONNECT -> {
        interrupted(chance, () -> pair.client().connect(server)).ifPresent(I2pStream::close);
      }
      case ACCEPT -> interruptAccept(pair, server, acceptor, chance);
      case READ -> {
        try (Pair.Ends ends = pair.open(acceptor, subject().patience())) {
          assertThat(interrupted(chance, () -> ends.server().input().read())).isEmpty();
          assertKind(() -> ends.server().input().read(), ErrorKind.CLOSED, ErrorKind.INTERRUPTED);
        }
      }
      case WRITE -> {
        try (Pair.Ends ends = pair.open(acceptor, subject().patience())) {
          assertThat(interrupted(chance, () -> writeForEver(ends.client()))).isEmpty();
        }
      }
      case OPEN -> {
        interrupted(chance, () -> subject().client().open(subject().config().build()))
            .ifPresent(I2pSession::close);
      }
      case CLOSE -> {
        Pair.Ends ends = pair.open(acceptor, subject().patience());
        interrupted(chance, () -> {
          ends.close();
          return true;
        });
      }
    }
  }

  /** A stream that came while its accept was interrupted is the next accept's. */
  private void interruptAccept(Pair pair, I2pAddress server, I2pAcceptor acceptor, Random chance)
      throws Exception {
    long id = chance.nextLong();
    FutureTask<I2pStream> ours = async(() -> {
      I2pStream stream = pair.client().connect(server);
      stream.output().write(ByteBuffer.allocate(Long.BYTES).putLong(id).array());
      return stream;
    });
    Optional<I2pStream> first = interrupted(chance, acceptor::accept);
    try (I2pStream client = get(ours)) {
      I2pStream next =
          first.isPresent() ? first.get() : acceptor.accept(subject().patience());
      while (read(next) != id) { // one whose connect was interrupted when it was through
        next.cancel();
        next = acceptor.accept(subject().patience());
      }
      next.close();
      assertThat(client.toString()).contains("I2pStream");
    }
  }

  private long read(I2pStream stream) throws IOException {
    stream.readTimeout(subject().patience());
    byte[] id = new byte[0];
    try {
      id = stream.input().readNBytes(Long.BYTES);
    } catch (I2pException e) {
      stream.cancel();
      if (e.kind() != ErrorKind.PEER_RESET) {
        throw e;
      }
    }
    return id.length < Long.BYTES ? 0 : ByteBuffer.wrap(id).getLong();
  }

  private static boolean writeForEver(I2pStream stream) throws IOException {
    byte[] block = new byte[BLOCK];
    while (true) {
      stream.output().write(block);
    }
  }

  /** What it yields, or nothing if the interrupt was in time. */
  private <T> Optional<T> interrupted(Random chance, Body<T> body) throws Exception {
    FutureTask<Optional<T>> task = new FutureTask<>(() -> {
      try {
        return Optional.of(body.run());
      } catch (I2pException e) {
        assertKind(e, ErrorKind.INTERRUPTED);
        assertThat(Thread.currentThread().isInterrupted())
            .as("the flag is kept")
            .isTrue();
        return Optional.empty();
      }
    });
    Thread thread = chance.nextBoolean()
        ? Thread.ofVirtual().name("tck").start(task)
        : Thread.ofPlatform().daemon().name("tck").start(task);
    long moment = System.nanoTime() + chance.nextLong(MAX_DELAY_NANOS);
    while (System.nanoTime() - moment < 0) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    return get(task);
  }

  /** Once every accept is armed again. */
  private long settledDescriptors() {
    long[] seen = {descriptors()};
    long[] since = {System.nanoTime()};
    until(() -> {
      long now = descriptors();
      if (now != seen[0]) {
        seen[0] = now;
        since[0] = System.nanoTime();
      }
      return System.nanoTime() - since[0] > SETTLING_NANOS;
    });
    return seen[0];
  }

  private static int streams(Pair pair) {
    return pair.client().status().openStreams() + pair.server().status().openStreams();
  }
}
