package io.allium;

import java.util.Map;
import java.util.Objects;

/**
 * How a router is, as far as its interface tells.
 *
 * @param router where it is, such as {@code sam://127.0.0.1:7656}
 * @param version what its interface speaks, such as {@code SAM 3.1}
 * @param details anything more the provider knows, by stable lower-case keys
 */
public record RouterStatus(String router, String version, Map<String, String> details) {
  /** Copies the details. */
  public RouterStatus {
    Objects.requireNonNull(router, "router");
    Objects.requireNonNull(version, "version");
    details = Map.copyOf(details);
  }
}
