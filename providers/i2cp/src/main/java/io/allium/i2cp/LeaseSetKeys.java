package io.allium.i2cp;

import io.allium.protocol.structures.KeySigner;
import io.allium.protocol.structures.RawKeyPair;
import io.allium.protocol.structures.X25519;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The key pair of a destination's lease sets, and when the last one was published. The pair belongs to the keys of the
 * destination, so that it is the same whenever a program comes online with them: i2pd drops what is encrypted to another key
 * than the one it remembers.
 */
final class LeaseSetKeys {
  private static final String PURPOSE = "Allium: decryption key of lease sets, X25519";

  private final RawKeyPair pair;
  private final AtomicLong lastSeconds = new AtomicLong();

  LeaseSetKeys(KeySigner signer) {
    pair = X25519.pair(signer.derive(PURPOSE));
  }

  byte[] publicKey() {
    return pair.publicKey();
  }

  /** A copy, to be wiped by whoever uses it. */
  byte[] privateKey() {
    return pair.privateKey().clone();
  }

  /** The moment of the next lease set, in seconds since 1970: routers drop one that is not newer than the last. */
  long nextSeconds(long nowMillis) {
    return lastSeconds.updateAndGet(last -> Math.max(nowMillis / 1000, last + 1));
  }

  /** Tells nothing of the keys. */
  @Override
  public String toString() {
    return "LeaseSetKeys";
  }
}
