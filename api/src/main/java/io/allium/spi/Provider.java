package io.allium.spi;

import io.allium.I2pException;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * A way to reach the I2P network, chosen by the scheme of a router URI and found through
 * {@link java.util.ServiceLoader}. Constructing one must cost nothing: no socket, thread or file.
 */
public interface Provider {
  /**
   * The URI schemes this provider serves, in lower case, such as {@code sam}.
   *
   * @return at least one scheme
   */
  Set<String> schemes();

  /**
   * Reads a URI. Connects to nothing.
   *
   * @param uri the router; its scheme is one of {@link #schemes()}, and it holds no credentials
   * @param access what to be let in with
   * @return the same as a typed value
   * @throws I2pException {@code CONFIG_INVALID} if the URI is not one this provider understands; its text is not repeated
   */
  RouterSource source(URI uri, Access access) throws I2pException;

  /**
   * Where a router of this kind usually is, if it runs.
   *
   * @return none by default
   */
  default List<RouterSource> usual() {
    return List.of();
  }
}
