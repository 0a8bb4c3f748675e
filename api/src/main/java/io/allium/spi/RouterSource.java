package io.allium.spi;

import io.allium.I2pException;
import java.net.URI;

/** Which router to use, as a typed and immutable value: what a URI becomes, and what programs make in code. */
public interface RouterSource {
  /**
   * The same as text.
   *
   * @return a URI without any secret
   */
  URI uri();

  /**
   * Connects to the router, or starts it.
   *
   * @param request clock, randomness, threads, and whom to tell of progress
   * @param call ends the attempt early
   * @return the router, to be closed by the caller
   * @throws I2pException {@code ROUTER_UNREACHABLE} with the address and how to enable the interface,
   *     {@code ROUTER_REFUSED}, {@code PROTOCOL_VIOLATION}
   * @throws InterruptedException if the thread was interrupted; nothing is left behind
   */
  RouterDriver connect(RouterRequest request, Call call) throws I2pException, InterruptedException;
}
