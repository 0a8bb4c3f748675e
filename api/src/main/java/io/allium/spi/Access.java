package io.allium.spi;

import io.allium.Credentials;
import java.util.Objects;
import java.util.Optional;

/**
 * Credentials for a router, since its URI has none.
 *
 * @param credentials user name and password for the router's interface, if it wants them
 */
public record Access(Optional<Credentials> credentials) {
  /** Refuses null. */
  public Access {
    Objects.requireNonNull(credentials, "credentials");
  }
}
