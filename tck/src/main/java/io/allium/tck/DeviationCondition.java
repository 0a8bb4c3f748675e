package io.allium.tck;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves out what the subject's router is known not to do, and says why. */
final class DeviationCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (context.getTestMethod().isEmpty()
        || !(context.getTestInstance().orElse(null) instanceof ProviderTck tck)
        || !tck.isStarted()) {
      return ConditionEvaluationResult.enabled("a class, or nothing to ask");
    }
    String reason =
        tck.subject().deviations().get(context.getRequiredTestMethod().getName());
    return reason == null
        ? ConditionEvaluationResult.enabled("no deviation")
        : ConditionEvaluationResult.disabled("the router cannot: " + reason);
  }
}
