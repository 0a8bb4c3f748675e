package io.allium.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.UnixOperatingSystemMXBean;
import io.allium.Capability;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.guard.ResolverGuard;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What all suites share: the subject, and waiting without sleeping. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(DeviationCondition.class)
public abstract class ProviderTck {
  private static final String INTERNAL = "io.allium.internal.";

  private Subject subject;

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init") // start() sets the subject before any test
  protected ProviderTck() {}

  /**
   * Makes the subject; called once for the class.
   *
   * @return closed after the last test
   * @throws Exception if it cannot be had
   */
  protected abstract Subject createSubject() throws Exception;

  /**
   * The subject.
   *
   * @return the one of this class
   */
  protected final Subject subject() {
    return subject;
  }

  /** Not if the subject could not be made and whoever watches the tests wants them to go on. */
  final boolean isStarted() {
    return subject != null;
  }

  @BeforeAll
  final void start() throws Exception {
    subject = createSubject();
  }

  @AfterAll
  final void stop() {
    subject.close();
  }

  @AfterEach
  final void noNameReachedTheResolver() {
    assertThat(ResolverGuard.refused()).isEmpty();
  }

  final boolean can(Capability capability) {
    return subject.client().capabilities().contains(capability)
        && subject.server().capabilities().contains(capability);
  }

  /**
   * The formats that the subject's routers carry.
   *
   * @return arguments of the tests
   */
  protected final Stream<Protocol> formats() {
    return Stream.of(Protocol.values())
        .filter(format -> format != Protocol.STREAM && can(format.capability()));
  }

  /** Runs something on a new virtual thread. */
  static <T> FutureTask<T> async(Callable<T> body) {
    FutureTask<T> task = new FutureTask<>(body);
    Thread.ofVirtual().name("tck").start(task);
    return task;
  }

  final <T> T get(FutureTask<T> task) throws Exception {
    return task.get(subject.patience().toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits until another thread is where a test wants it. */
  final void until(BooleanSupplier condition) {
    long end = System.nanoTime() + subject.patience().toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.onSpinWait();
      Thread.yield();
    }
  }

  /** Waits until a thread is inside the machinery of the API: what it does there next is wait. */
  final void untilInside(Thread thread) {
    until(() -> !thread.isAlive()
        || Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> frame.getClassName().startsWith(INTERNAL)));
  }

  /** Files and sockets; those that the suite itself opens stay the same. */
  static long descriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  static void assertKind(ThrowingCallable call, ErrorKind... kinds) {
    assertKind(catchThrowable(call), kinds);
  }

  static void assertKind(Throwable thrown, ErrorKind... kinds) {
    assertThat(thrown).isInstanceOf(I2pException.class);
    assertThat(((I2pException) thrown).kind()).isIn((Object[]) kinds);
  }
}
