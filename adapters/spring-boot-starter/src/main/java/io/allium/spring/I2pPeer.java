package io.allium.spring;

import io.allium.Base32Address;
import io.allium.Destination;
import java.security.Principal;

/**
 * Who sent a request; I2P proves it. A request that came over I2P has it as the attribute {@link #ATTRIBUTE}, for
 * {@code @RequestAttribute(I2pPeer.ATTRIBUTE) I2pPeer peer}, and with Spring Security as its principal, for
 * {@code @AuthenticationPrincipal I2pPeer peer}.
 *
 * <p>Anybody can make a destination. So a peer counts as authenticated, with the authority {@link #LISTED}, only if
 * {@code allium.server.peers} names it; every other peer is anonymous, with a name.
 *
 * @param destination the peer's
 */
public record I2pPeer(Destination destination) implements Principal {
  /** The name of the request's attribute. */
  public static final String ATTRIBUTE = "io.allium.peer";

  /** The authority of peers that {@code allium.server.peers} names. */
  public static final String LISTED = "ROLE_I2P_PEER";

  /**
   * The peer's address.
   *
   * @return whole
   */
  public Base32Address address() {
    return destination.base32();
  }

  /**
   * The peer's address as text.
   *
   * @return whole, such as {@code <52 characters>.b32.i2p}
   */
  @Override
  public String getName() {
    return address().text();
  }

  /**
   * For logs.
   *
   * @return shortened
   */
  @Override
  public String toString() {
    return destination.toString();
  }
}
