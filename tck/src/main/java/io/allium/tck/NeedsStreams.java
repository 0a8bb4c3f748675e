package io.allium.tck;

import io.allium.Capability;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that opens streams, which a provider of datagrams alone does not have. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsStreams.Condition.class)
@interface NeedsStreams {
  /** Looks whether there are any. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context
          .getTestInstance()
          .map(ProviderTck.class::cast)
          .filter(suite -> suite.isStarted() && !suite.can(Capability.STREAM))
          .map(suite -> ConditionEvaluationResult.disabled(
              suite.subject().provider() + " carries no streams"))
          .orElseGet(() -> ConditionEvaluationResult.enabled("there are streams"));
    }
  }
}
