package io.allium.i2cp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.DatagramOptions;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.Recovery;
import io.allium.SessionConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests against a stub have in common. */
final class Fixture {
  static final DestinationKeys KEYS = DestinationKeys.generate();
  static final DatagramOptions RAW = DatagramOptions.of(Protocol.RAW, 0);

  /** So long only what fails waits. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private Fixture() {}

  /** A session that gives up soon and for good. */
  static SessionConfig.Builder config() {
    return SessionConfig.builder()
        .keys(KEYS)
        .protocols(Protocol.RAW, Protocol.DATAGRAM, Protocol.DATAGRAM2, Protocol.DATAGRAM3)
        .openTimeout(Duration.ofSeconds(30))
        .recovery(Recovery.NONE);
  }

  static I2pAddress at(I2pSession session) {
    return I2pAddress.of(session.destination(), 0);
  }

  static I2pException failure(ThrowingCallable call) {
    I2pException failure = catchThrowableOfType(I2pException.class, call);
    assertThat(failure).as("a typed failure").isNotNull();
    return failure;
  }

  static ErrorKind kind(ThrowingCallable call) {
    return failure(call).kind();
  }

  /** One sentence that says what to do. */
  static void assertClear(I2pException failure) {
    assertThat(failure.getMessage()).contains(":").doesNotEndWith(".");
  }

  /** A message as a peer's router wraps it: the ports are where gzip has its time, the protocol where it has its system. */
  static byte[] wrapped(Protocol protocol, int fromPort, int toPort, byte[] content) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(content);
      }
      byte[] message = out.toByteArray();
      ByteBuffer.wrap(message)
          .putShort(4, (short) fromPort)
          .putShort(6, (short) toPort)
          .put(9, (byte) protocol.number());
      return message;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] raw(byte[] content) {
    return wrapped(Protocol.RAW, 0, 0, content);
  }

  /** What runs on another thread. */
  interface Body<T> {
    T run() throws Exception;
  }

  /** A call on a thread of its own. */
  static final class Running<T> {
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean flagged;

    Running(Body<T> body) {
      thread = Thread.ofPlatform().daemon().name("test").start(() -> {
        try {
          T result = body.run();
          flagged = Thread.currentThread().isInterrupted();
          outcome.complete(result);
        } catch (Throwable e) {
          flagged = Thread.currentThread().isInterrupted();
          outcome.completeExceptionally(e);
        }
      });
    }

    /** Waits until the call waits for something itself, in a class. */
    Running<T> waitingIn(Class<?> where) {
      return waitingIn(where.getName(), "");
    }

    /** Waits until the call waits for something itself, in a method, or in any of a class. */
    Running<T> waitingIn(String className, String method) {
      StubRouter.await("a call to wait in " + className, () -> {
        assertThat(outcome.isDone()).as("the call waits").isFalse();
        Thread.State state = thread.getState();
        return (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING)
            && java.util.Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(className)
                    && (method.isEmpty() || frame.getMethodName().equals(method)));
      });
      return this;
    }

    boolean done() {
      return outcome.isDone();
    }

    void interrupt() {
      thread.interrupt();
    }

    T get() throws Exception {
      return outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** How it failed. */
    I2pException failure() {
      return Fixture.failure(() -> {
        try {
          get();
        } catch (java.util.concurrent.ExecutionException e) {
          throw e.getCause() == null ? e : e.getCause();
        }
      });
    }

    boolean isFlagged() {
      return flagged;
    }

    /** Ends it by an interrupt, which the thread still knows of. */
    void assertInterruptAbandonsIt() {
      interrupt();
      assertThat(failure().kind()).isEqualTo(ErrorKind.INTERRUPTED);
      assertThat(flagged).as("the flag is kept").isTrue();
    }
  }
}
