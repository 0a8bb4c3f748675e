package io.allium.spi;

import io.allium.DestinationKeys;
import io.allium.Phase;
import io.allium.Protocol;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a session needs in order to open.
 *
 * @param keys the destination's keys; the driver copies what it keeps
 * @param options I2CP options by name, in the order in which they were set
 * @param protocols what it will carry, at least one
 * @param before what {@link SessionDriver#handOver()} of the same destination gave when it was lost
 * @param progress told how far it is; returns at once
 */
public record OpenRequest(
    DestinationKeys keys,
    Map<String, String> options,
    Set<Protocol> protocols,
    Optional<Object> before,
    Consumer<Phase> progress) {
  /** Copies options and protocols. */
  public OpenRequest {
    Objects.requireNonNull(keys, "keys");
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    protocols = Set.copyOf(protocols);
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(progress, "progress");
  }
}
