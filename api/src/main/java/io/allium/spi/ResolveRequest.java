package io.allium.spi;

import io.allium.BlindedAccess;
import io.allium.I2pName;
import java.util.Objects;
import java.util.Optional;

/**
 * What is asked about a name.
 *
 * @param name any name; a full destination is resolved only for its options
 * @param options whether what its lease set publishes is wanted, which needs it online
 * @param access what opens an encrypted lease set
 */
public record ResolveRequest(I2pName name, boolean options, Optional<BlindedAccess> access) {
  /** Refuses null. */
  public ResolveRequest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(access, "access");
  }
}
