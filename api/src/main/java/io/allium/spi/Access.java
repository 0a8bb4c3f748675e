package io.allium.spi;

import io.allium.Credentials;
import java.util.Objects;
import java.util.Optional;

/**
 * What to be let in with, where a URI says only where a router is.
 *
 * @param credentials user name and password for the router's interface, if it wants them
 */
public record Access(Optional<Credentials> credentials) {
  /** Refuses null. */
  public Access {
    Objects.requireNonNull(credentials, "credentials");
  }
}
