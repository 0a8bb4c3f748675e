package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What is repeated after the death of a router, and what is not. The routers here are processes that sleep. */
@EnabledOnOs(OS.LINUX) // as the script that starts routers
class RouterWatchTest {
  /** Where in the life of the sample something goes wrong. */
  enum At {
    BEFORE_ALL,
    BEFORE_EACH,
    TEST,
    AFTER_EACH,
    AFTER_ALL
  }

  /** What goes wrong there. */
  private enum What {
    FAILURE,
    FAILURE_AND_DEATH,
    FAILURE_AND_DEATH_ON_PURPOSE,
    DEATH
  }

  /** One for each round of the sample; nothing goes wrong after the last. */
  private static List<What> plan = List.of();

  private static At where = At.TEST;

  /** Whether the test before it fails, too, while every router lives. */
  private static boolean failingFirst;

  private static @Nullable Path folder;
  private static final List<FakeRouter> ROUTERS = new ArrayList<>();
  private static final List<String> RUN = new ArrayList<>();

  @BeforeEach
  void start(@TempDir Path temporary) {
    folder = temporary;
    where = At.TEST;
    failingFirst = false;
    RUN.clear();
    ROUTERS.clear();
  }

  @AfterEach
  void stop() {
    ROUTERS.forEach(FakeRouter::close);
  }

  private static EngineExecutionResults run(What... rounds) {
    plan = List.of(rounds);
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Sample.class))
        .execute();
  }

  @Test
  void aTestThatFailsOnceWhileItsRouterLivesHasFailed() {
    EngineExecutionResults results = run(What.FAILURE);
    assertThat(RUN).containsExactly("before", "middle", "end");
    results.testEvents().assertStatistics(count -> count.succeeded(2).failed(1).aborted(0));
  }

  @Test
  void theDeathOfARouterThatTheTestKilledExcusesNothing() {
    EngineExecutionResults results = run(What.FAILURE_AND_DEATH_ON_PURPOSE);
    assertThat(RUN).containsExactly("before", "middle", "end");
    results.testEvents().assertStatistics(count -> count.succeeded(2).failed(1).aborted(0));
  }

  @Test
  void oneDeathIsCountedAndWhatIsNotDecidedRunsAgainOnANewNetwork() {
    int deaths = RouterProcesses.broken().size();
    EngineExecutionResults results = run(What.FAILURE_AND_DEATH);
    assertThat(RouterProcesses.broken()).hasSize(deaths + 1);
    assertThat(ROUTERS).hasSize(2);
    assertThat(RUN).containsExactly("before", "middle", "middle", "end");
    results
        .testEvents()
        .assertStatistics(count -> count.succeeded(3).failed(0).aborted(2).skipped(1));
    results.containerEvents().assertStatistics(count -> count.failed(0));
  }

  @Test
  void aDeathThatNoTestNoticesSpoilsTheTestsAfterIt() {
    EngineExecutionResults results = run(What.DEATH);
    assertThat(RUN).containsExactly("before", "middle", "end");
    results
        .testEvents()
        .assertStatistics(count -> count.succeeded(3).failed(0).aborted(1).skipped(2));
  }

  @Test
  void whatFailedBeforeTheDeathStaysFailedAndIsNotRepeated() {
    failingFirst = true;
    EngineExecutionResults results = run(What.FAILURE_AND_DEATH);
    assertThat(RUN).containsExactly("before", "middle", "middle", "end");
    results
        .testEvents()
        .assertStatistics(count -> count.succeeded(2).failed(1).aborted(2).skipped(1));
  }

  @Test
  void aSecondDeathFailsTheTestsThatItSpoils() {
    EngineExecutionResults results = run(What.FAILURE_AND_DEATH, What.FAILURE_AND_DEATH);
    assertThat(ROUTERS).hasSize(2);
    assertThat(RUN).containsExactly("before", "middle", "middle");
    results.testEvents().assertStatistics(count -> count.succeeded(1).failed(2).aborted(2));
  }

  @Test
  void aSecondDeathThatNoTestNoticesFailsTheClass() {
    where = At.AFTER_EACH;
    EngineExecutionResults results =
        run(What.FAILURE_AND_DEATH, What.DEATH, What.FAILURE_AND_DEATH);
    assertThat(ROUTERS).hasSize(2);
    results.containerEvents().assertStatistics(count -> count.failed(1));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AFTER_ALL")
  void whatADeathSpoilsIsRepeatedWhereverItHappens(At place) {
    where = place;
    EngineExecutionResults results = run(What.FAILURE_AND_DEATH);
    assertThat(ROUTERS).hasSize(2);
    assertThat(RUN).contains("before", "middle", "end");
    results.allEvents().assertStatistics(count -> count.failed(0));
  }

  @Test
  void aDeathAfterAllTestsSpoilsNothing() {
    where = At.AFTER_ALL;
    EngineExecutionResults results = run(What.FAILURE_AND_DEATH);
    assertThat(ROUTERS).hasSize(1);
    results.allEvents().assertStatistics(count -> count.failed(0));
  }

  @ParameterizedTest
  @EnumSource
  void aFailureWhileTheRouterLivesCountsWhereverItHappens(At place) {
    where = place;
    EngineExecutionResults results = run(What.FAILURE);
    assertThat(ROUTERS).hasSize(1);
    results.allEvents().assertStatistics(count -> count.failed(1));
  }

  private static void pass(At here) throws Exception {
    if (here != where || plan.size() < ROUTERS.size()) {
      return;
    }
    What now = plan.get(ROUTERS.size() - 1);
    FakeRouter router = ROUTERS.get(ROUTERS.size() - 1);
    switch (now) {
      case FAILURE -> throw new IOException("planted");
      case FAILURE_AND_DEATH -> {
        router.die();
        throw new IOException("planted");
      }
      case FAILURE_AND_DEATH_ON_PURPOSE -> {
        router.dieOnPurpose();
        throw new IOException("planted");
      }
      case DEATH -> router.die();
    }
  }

  /** Each round starts a network of its own, as test classes do. */
  @ClassTemplate
  @ExtendWith(RouterWatch.class)
  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class Sample {
    private boolean inTheMiddle;

    @BeforeAll
    static void open() throws Exception {
      Path parent = Objects.requireNonNull(folder);
      ROUTERS.add(new FakeRouter(parent.resolve("net" + ROUTERS.size())));
      pass(At.BEFORE_ALL);
    }

    @AfterAll
    static void close() throws Exception {
      pass(At.AFTER_ALL);
    }

    @BeforeEach
    void before(TestInfo test) throws Exception {
      inTheMiddle = test.getDisplayName().startsWith("bMiddle");
      if (inTheMiddle) {
        pass(At.BEFORE_EACH);
      }
    }

    @AfterEach
    void after() throws Exception {
      if (inTheMiddle) {
        pass(At.AFTER_EACH);
      }
    }

    @Test
    void aBefore() {
      RUN.add("before");
      assertThat(failingFirst).isFalse();
    }

    @Test
    void bMiddle() throws Exception {
      RUN.add("middle");
      pass(At.TEST);
    }

    @Test
    void cEnd() {
      RUN.add("end");
    }
  }
}
