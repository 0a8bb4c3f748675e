package io.allium.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs a class of tests as JUnit does, and keeps what it reports. */
final class Samples {
  private Samples() {}

  static EngineExecutionResults run(Class<?> sample) {
    return run(sample, Map.of());
  }

  static EngineExecutionResults run(Class<?> sample, Map<String, String> parameters) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(sample))
        .configurationParameters(parameters)
        .execute();
  }

  /** Of its only test that failed. */
  static Throwable failure(EngineExecutionResults results) {
    List<Throwable> failures = failures(results.testEvents());
    assertThat(failures).hasSize(1);
    return failures.getFirst();
  }

  static List<Throwable> failures(Events events) {
    return events.failed().stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .flatMap(result -> result.getThrowable().stream())
        .toList();
  }

  static List<Map<String, String>> reported(EngineExecutionResults results) {
    return results.testEvents().reportingEntryPublished().stream()
        .map((Event event) -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
        .toList();
  }
}
