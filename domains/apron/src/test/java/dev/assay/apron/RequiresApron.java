package dev.assay.apron;

import dev.assay.numeric.DomainUnavailableException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that are skipped where the Apron library is not installed, unless {@code ASSAY_REQUIRE_APRON} is set in the environment, as in CI: then they fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresApron.Condition.class)
public @interface RequiresApron {
  /** Looks for the library. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      try {
        for (ApronLibrary library : ApronLibrary.values()) {
          library.load();
        }
        return ConditionEvaluationResult.enabled("Apron is there");
      } catch (DomainUnavailableException unavailable) {
        return System.getenv("ASSAY_REQUIRE_APRON") == null
            ? ConditionEvaluationResult.disabled(unavailable.getMessage())
            : ConditionEvaluationResult.enabled("Apron is required, and tests will fail");
      }
    }
  }
}
