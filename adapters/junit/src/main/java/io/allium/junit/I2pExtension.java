package io.allium.junit;

import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.memory.MemoryNetwork;
import java.lang.reflect.Parameter;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives parameters to constructors, test methods and lifecycle methods of JUnit 5.12 and newer. {@link I2pTest} and
 * {@link I2pNetwork} switch it on.
 *
 * <ul>
 *   <li>{@link MemoryNetwork}: the network.
 *   <li>{@link I2p}: access to a router of it, always the same one for the same {@link Router}.
 *   <li>{@link I2pSession}: a new session, with a new destination, for each parameter; on the router that {@link Router}
 *       names. It carries streams, as one of {@link I2p#open()}.
 * </ul>
 *
 * <p>Each test has a network of its own. If a {@code @BeforeAll} method, or the constructor of a class with one instance for
 * all its tests, asks for a parameter, all tests of the class share one network, except methods and nested classes
 * that have an {@link I2pNetwork} of their own.
 *
 * <p>At the end of the test, or of the class that shares the network, it closes the sessions, then the routers, then the
 * network, without waiting for what was written. If the test failed, its failure gets one more line, as a suppressed
 * exception, with the seed of the network; the report has it as the entry {@value #SEED_ENTRY}. A session that the test
 * opened on an {@link I2p} of its parameters and did not close fails the test, or the class that shares the network.
 *
 * <p>Tests that run in parallel do not disturb each other.
 */
public final class I2pExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {
  /** The name of the report entry that tells the seed of a failed test. */
  public static final String SEED_ENTRY = "allium.seed";

  /** For JUnit. */
  public I2pExtension() {}

  /** For a constructor: what it asks for belongs to its test, not to the class. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  /** Whether the parameter is of a type that is listed above, or has {@link Router}. */
  @Override
  public boolean supportsParameter(ParameterContext context, ExtensionContext test) {
    Class<?> type = context.getParameter().getType();
    return type == MemoryNetwork.class
        || type == I2p.class
        || type == I2pSession.class
        || context.isAnnotated(Router.class);
  }

  /**
   * Makes what is asked for.
   *
   * @throws ParameterResolutionException if {@link Router} is on another type, or the network cannot open a session before the
   *     test moves its clock
   * @throws IllegalArgumentException if a value of {@link I2pNetwork} or {@link Router} is out of range
   */
  @Override
  public Object resolveParameter(ParameterContext context, ExtensionContext test) {
    Parameter parameter = context.getParameter();
    Optional<Router> router = context.findAnnotation(Router.class);
    String name = router.map(Router::value).orElse(Router.DEFAULT);
    try {
      if (parameter.getType() == I2p.class) {
        return TestNetwork.of(test).router(name);
      }
      if (parameter.getType() == I2pSession.class) {
        return TestNetwork.of(test).open(name);
      }
    } catch (I2pException e) {
      throw new ParameterResolutionException(
          "the network in memory did not open " + parameter + ": " + e.getMessage(), e);
    }
    if (router.isPresent()) {
      throw new ParameterResolutionException("@Router is on " + parameter
          + ": make it an I2p or an I2pSession, or remove the annotation");
    }
    return TestNetwork.of(test).network();
  }

  /** Tells the seed if the test failed, and fails it if it left a session open. */
  @Override
  public void afterEach(ExtensionContext test) {
    after(test);
  }

  /** As after each test, for a network that the class shares. */
  @Override
  public void afterAll(ExtensionContext type) {
    after(type);
  }

  private static void after(ExtensionContext context) {
    TestNetwork.find(context)
        .ifPresent(network -> context
            .getExecutionException()
            .ifPresent(failure -> tellSeed(network.seed(), failure, context)));
    TestNetwork.ownedBy(context).ifPresent(TestNetwork::checkLeaks);
  }

  private static void tellSeed(long seed, Throwable failure, ExtensionContext context) {
    failure.addSuppressed(new Replay(seed));
    context.publishReportEntry(SEED_ENTRY, Long.toString(seed));
  }

  /** A line in the failure of a test, where every tool shows it. */
  private static final class Replay extends Exception {
    Replay(long seed) {
      super(
          "the network of this test had the seed " + seed
              + ": for the same faults again, put @I2pNetwork(seed = " + seed + "L) on it",
          null,
          false,
          false);
    }
  }
}
