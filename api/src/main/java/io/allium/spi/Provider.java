package io.allium.spi;

import io.allium.I2pException;
import java.util.Set;

/**
 * A way to reach the I2P network, chosen by the scheme of a router URI and found through
 * {@link java.util.ServiceLoader}. Constructing one must cost nothing: no socket, thread or file before
 * {@link #connect}.
 */
public interface Provider {
  /**
   * The URI schemes this provider serves, in lower case, such as {@code sam}.
   *
   * @return at least one scheme
   */
  Set<String> schemes();

  /**
   * Connects to the router that the request names.
   *
   * @param request which router, and how to be let in
   * @param call ends the attempt early
   * @return the router, to be closed by the caller
   * @throws I2pException {@code CONFIG_INVALID} if the URI is not one this provider understands,
   *     {@code ROUTER_UNREACHABLE} with the address and how to enable the interface, {@code ROUTER_REFUSED}
   * @throws InterruptedException if the thread was interrupted; nothing is left behind
   */
  RouterDriver connect(RouterRequest request, Call call) throws I2pException, InterruptedException;
}
