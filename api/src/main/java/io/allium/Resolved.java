package io.allium;

import java.util.Map;
import java.util.Objects;

/**
 * What a name stands for.
 *
 * @param destination the destination
 * @param options what its lease set publishes, such as service records; empty unless asked for
 */
public record Resolved(Destination destination, Map<String, String> options) {
  /** Copies the options. */
  public Resolved {
    Objects.requireNonNull(destination, "destination");
    options = Map.copyOf(options);
  }
}
