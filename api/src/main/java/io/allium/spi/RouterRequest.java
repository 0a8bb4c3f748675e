package io.allium.spi;

import io.allium.Credentials;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Which router to use.
 *
 * @param uri the router; its scheme is one the provider serves, and it holds no credentials
 * @param credentials user name and password for the router's interface, if it wants them
 */
public record RouterRequest(URI uri, Optional<Credentials> credentials) {
  /** Refuses null components. */
  public RouterRequest {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(credentials, "credentials");
  }
}
