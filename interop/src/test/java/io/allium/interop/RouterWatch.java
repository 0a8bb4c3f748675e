package io.allium.interop;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;

/**
 * Tells a failure of ours from the death of a router. i2pd sometimes crashes by itself when sessions close quickly, and a
 * fast clock makes that likelier. A class whose router died runs once more, on a new network, and there only the tests
 * that were not decided before. A second death fails the class. A test that fails while every router lives has failed.
 *
 * <p>What fails in a condition, in a constructor or in a source of parameters is not excused: JUnit lets nobody handle it.
 */
final class RouterWatch
    implements BeforeAllCallback,
        ClassTemplateInvocationContextProvider,
        LifecycleMethodExecutionExceptionHandler {
  private static final String BEFORE = "networks that broke before";

  @Override
  public void beforeAll(ExtensionContext context) {
    store(context).put(BEFORE, RouterProcesses.broken());
  }

  @Override
  public boolean supportsClassTemplate(ExtensionContext context) {
    return true;
  }

  /** JUnit takes the next element only when the round before it is over. */
  @Override
  public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
      ExtensionContext context) {
    return Stream.iterate(Round.first(before(context)), Round::isNeeded, Round::next)
        .map(round -> round);
  }

  /** The first round then finds the router dead, and the second one begins with these methods. */
  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throwUnlessARouterDied(context, failure);
  }

  @Override
  public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throwUnlessARouterDied(context, failure);
  }

  private static void throwUnlessARouterDied(ExtensionContext context, Throwable failure)
      throws Throwable {
    if (!aRouterDiedSince(before(context))) {
      throw failure;
    }
  }

  static boolean aRouterDiedSince(Set<?> before) {
    Set<RouterProcesses> broken = new HashSet<>(RouterProcesses.broken());
    broken.removeAll(before);
    return !broken.isEmpty();
  }

  private static Set<?> before(ExtensionContext context) {
    return Objects.requireNonNull(store(context).get(BEFORE, Set.class));
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(Namespace.create(RouterWatch.class));
  }
}
