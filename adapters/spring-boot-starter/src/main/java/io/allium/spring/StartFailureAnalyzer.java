package io.allium.spring;

import io.allium.ErrorKind;
import io.allium.I2pException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Tells in Spring Boot's own words why an application does not start. */
final class StartFailureAnalyzer implements FailureAnalyzer {
  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof NotOnlyI2pException e) {
        return new FailureAnalysis(
            "The application would not be reached over I2P alone.",
            e.getMessage()
                + ". Where a TCP port beside I2P is wanted, set allium.server.also-tcp=true.",
            e);
      }
      if (cause instanceof I2pException e) {
        return new FailureAnalysis(
            "I2P cannot be used: " + e.getMessage(),
            e.kind() == ErrorKind.ROUTER_UNREACHABLE
                ? "Check allium.router, and that the router runs. ./allium status tells more about it."
                : "Mend what the description says. The properties are allium.router and allium.keys.",
            e);
      }
    }
    return null;
  }
}
