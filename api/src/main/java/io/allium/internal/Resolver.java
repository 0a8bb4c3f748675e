package io.allium.internal;

import io.allium.Base32Address;
import io.allium.ErrorKind;
import io.allium.Hostname;
import io.allium.I2pException;
import io.allium.Resolved;
import io.allium.spi.Call;
import io.allium.spi.ResolveRequest;
import io.allium.spi.RouterDriver;

/** Asks a router for names, and checks what it answers. */
final class Resolver {
  /** What is said where an encrypted lease set cannot be opened. */
  static final String NO_BLINDED_ACCESS =
      "this router takes no secret or client key for a lookup: leave it out, or use another router";

  private Resolver() {}

  /**
   * A b32 address is no entry of an address book that may be missing: what is not found is its lease set. And it is a
   * hash, or has the signing key: an answer that does not fit is not the destination that was asked for.
   */
  static Resolved lookUp(RouterDriver router, ResolveRequest request, Call call)
      throws I2pException, InterruptedException {
    Resolved resolved;
    try {
      resolved = router.resolve(request, call);
    } catch (I2pException e) {
      if (e.kind() == ErrorKind.NAME_NOT_FOUND && request.name() instanceof Base32Address) {
        throw new I2pException(
            ErrorKind.LEASESET_NOT_FOUND,
            "nobody is online at this address now: try again later, or check the address",
            e);
      }
      throw e;
    }
    if (!(request.name() instanceof Hostname) && !request.name().matches(resolved.destination())) {
      throw new I2pException(
          ErrorKind.PROTOCOL_VIOLATION,
          "the router answered with another destination: do not trust this router");
    }
    return resolved;
  }
}
