package io.allium.protocol.structures;

import java.time.Instant;
import java.util.Optional;

/** Checks signatures that may be by a transient key. */
final class Signed {
  private Signed() {}

  /**
   * Whether the owner's key signed, or a transient one that the owner allows.
   *
   * @param owner whose structure it is
   * @param offline what allows a transient key to sign
   * @param at the time of the structure: a transient key that expired until then proves nothing
   * @param content what was signed
   * @param signature the signature
   */
  static boolean verify(
      Sender owner,
      Optional<OfflineSignature> offline,
      Instant at,
      byte[] content,
      byte[] signature) {
    Verifier verifier = Verifier.jdk();
    if (offline.isEmpty()) {
      return verifier.verify(owner.type(), owner.publicKey(), content, signature);
    }
    OfflineSignature allowed = offline.get();
    return at.isBefore(allowed.expires())
        && allowed.isBy(owner, verifier)
        && verifier.verify(allowed.type(), allowed.publicKey(), content, signature);
  }
}
