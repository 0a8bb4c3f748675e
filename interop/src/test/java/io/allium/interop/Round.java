package io.allium.interop;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

/** One run of a test class, for {@link RouterWatch}: the first, or the one after a router died. */
final class Round
    implements ClassTemplateInvocationContext,
        BeforeClassTemplateInvocationCallback,
        AfterClassTemplateInvocationCallback,
        ExecutionCondition,
        BeforeEachCallback,
        TestWatcher,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {
  private static final String REPEATED = "a router died by itself: repeated on a new network";
  private static final String SECOND = "a second router died by itself in this class";

  private final boolean last;
  private final boolean needed;

  /** Tests that passed, or that failed while every router lived. */
  private final Set<String> decided;

  /** Networks of which nothing that happens in this round can be the fault. */
  private final Set<?> before;

  private volatile boolean spoiled;

  private Round(boolean last, boolean needed, Set<String> decided, Set<?> before) {
    this.last = last;
    this.needed = needed;
    this.decided = decided;
    this.before = before;
  }

  static Round first(Set<?> before) {
    return new Round(false, true, ConcurrentHashMap.newKeySet(), before);
  }

  Round next() {
    return new Round(true, spoiled, decided, RouterProcesses.broken());
  }

  boolean isNeeded() {
    return needed;
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  /** JUnit calls what stands before and after all tests only once, around all rounds. */
  @Override
  public void beforeClassTemplateInvocation(ExtensionContext context) {
    if (!last) {
      return;
    }
    Class<?> type = context.getRequiredTestClass();
    Object instance = context.getTestInstance().orElse(null);
    for (Method end : AnnotationSupport.findAnnotatedMethods(
        type, AfterAll.class, HierarchyTraversalMode.BOTTOM_UP)) {
      try {
        ReflectionSupport.invokeMethod(end, instance);
      } catch (Exception e) {
        System.out.println("what a dead router left behind could not be closed: " + e);
      }
    }
    AnnotationSupport.findAnnotatedMethods(type, BeforeAll.class, HierarchyTraversalMode.TOP_DOWN)
        .forEach(start -> ReflectionSupport.invokeMethod(start, instance));
  }

  @Override
  public void afterClassTemplateInvocation(ExtensionContext context) {
    if (last && aRouterDied()) {
      throw new AssertionError(SECOND);
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return decided.contains(key(context))
        ? ConditionEvaluationResult.disabled("decided before the router died")
        : ConditionEvaluationResult.enabled("not decided yet");
  }

  /** Nothing more is to be learnt of a broken network. */
  @Override
  public void beforeEach(ExtensionContext context) {
    if (!aRouterDied()) {
      return;
    }
    if (last) {
      throw new AssertionError(SECOND);
    }
    spoiled = true;
    throw new TestAbortedException(REPEATED);
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    decided.add(key(context));
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    decided.add(key(context));
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw judged(failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw judged(failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw judged(failure);
  }

  private Throwable judged(Throwable failure) {
    if (last || !aRouterDied()) {
      return failure;
    }
    spoiled = true;
    return new TestAbortedException(REPEATED, failure);
  }

  private boolean aRouterDied() {
    return RouterWatch.aRouterDiedSince(before);
  }

  /** The same test has the same key in each round. */
  private static String key(ExtensionContext context) {
    return context.getUniqueId().replaceFirst("\\[class-template-invocation:#[0-9]+]", "");
  }
}
