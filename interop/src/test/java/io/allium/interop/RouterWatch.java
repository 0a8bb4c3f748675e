package io.allium.interop;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Tells a failure of ours from the death of a router. i2pd sometimes crashes by itself when sessions close quickly, and
 * a fast clock makes that likelier. The build runs each failed test again; here a test that failed while every router
 * lived fails again at once, so that only what a dead router spoiled gets another try, on a new network; or one in whose
 * network plain sockets reach nothing either.
 */
final class RouterWatch
    implements BeforeAllCallback,
        BeforeEachCallback,
        TestWatcher,
        LifecycleMethodExecutionExceptionHandler {
  /** A test class that can go on with a new network; another one fails until it is run again. */
  interface Renewable {
    void renew() throws IOException;
  }

  private static final Set<String> FAILED_FOR_GOOD = ConcurrentHashMap.newKeySet();
  private static final Namespace NAMESPACE = Namespace.create(RouterWatch.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    refuseIfFailed(context);
    forgetTheDead(context);
  }

  private static void forgetTheDead(ExtensionContext context) {
    ExtensionContext ofClass = context;
    while (ofClass.getTestMethod().isPresent()) {
      ofClass = ofClass.getParent().orElseThrow();
    }
    ofClass.getStore(NAMESPACE).put("past", new Past(TestNet.over()));
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    refuseIfFailed(context);
    if (!aRouterDied(context)) {
      return;
    }
    if (!(context.getRequiredTestInstance() instanceof Renewable test)) {
      throw new IOException("a router died earlier in this class");
    }
    test.renew();
    forgetTheDead(context);
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    judge(context);
  }

  /** A class that a dead router kept from starting goes on, as only single tests are repeated: each of them fails. */
  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    forgiveOrThrow(context, failure);
  }

  @Override
  public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    forgiveOrThrow(context, failure);
  }

  private static void forgiveOrThrow(ExtensionContext context, Throwable failure) throws Throwable {
    judge(context);
    if (FAILED_FOR_GOOD.contains(context.getUniqueId())) {
      throw failure;
    }
  }

  private static void judge(ExtensionContext context) {
    if (!aRouterDied(context) && !SharedNet.isGivenUp()) {
      FAILED_FOR_GOOD.add(context.getUniqueId());
    }
  }

  /** Of a network that this class used, or could have used. */
  private static boolean aRouterDied(ExtensionContext context) {
    Set<TestNet> broken = new HashSet<>(TestNet.broken());
    Optional.ofNullable(context.getStore(NAMESPACE).get("past", Past.class))
        .ifPresent(past -> broken.removeAll(past.nets()));
    return !broken.isEmpty();
  }

  private static void refuseIfFailed(ExtensionContext context) {
    if (FAILED_FOR_GOOD.contains(context.getUniqueId())) {
      throw new AssertionError("failed before while every router lived: not repeated");
    }
  }

  /** Networks of which nothing that happens in a class can be the fault. */
  private record Past(Set<TestNet> nets) {}
}
