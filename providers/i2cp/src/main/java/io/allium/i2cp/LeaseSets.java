package io.allium.i2cp;

import io.allium.protocol.i2cp.ClientMessage;
import io.allium.protocol.i2cp.DecryptionKey;
import io.allium.protocol.structures.EncryptionKey;
import io.allium.protocol.structures.KeySigner;
import io.allium.protocol.structures.Lease2;
import io.allium.protocol.structures.LeaseSet2;
import io.allium.protocol.structures.SessionConfiguration;
import io.allium.protocol.structures.StructureException;
import io.allium.protocol.structures.X25519;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Makes the lease sets of one destination.
 *
 * @param destination in binary
 * @param signer signs for it
 * @param keys what peers encrypt to
 * @param clock the router's
 */
@SuppressWarnings("ArrayRecordComponent") // the parts of a session, which only it uses
record LeaseSets(byte[] destination, KeySigner signer, LeaseSetKeys keys, RouterClock clock) {
  /** Common structures, "LeaseSet2": two bytes. */
  private static final long MAX_EXPIRES = 65_535;

  /** The answer to the router's request, to be wiped once written. */
  byte[] answer(int session, List<Lease2> leases, boolean unpublished) throws StructureException {
    long published = keys.nextSeconds(clock.millis());
    long end = leases.stream().mapToLong(Lease2::endSeconds).max().orElse(published);
    byte[] leaseSet = LeaseSet2.signed(
        destination,
        published,
        (int) Math.clamp(end - published, 0, MAX_EXPIRES),
        unpublished,
        Map.of(),
        List.of(new EncryptionKey(X25519.TYPE, keys.publicKey())),
        leases,
        signer);
    return ClientMessage.createLeaseSet2(
        session, leaseSet, List.of(new DecryptionKey(X25519.TYPE, keys.privateKey())));
  }

  /** Whether there were leases, and none is left: Java I2P ends a session that gives it such a lease set. */
  boolean areOver(List<Lease2> leases) {
    long now = TimeUnit.MILLISECONDS.toSeconds(clock.millis());
    return !leases.isEmpty() && leases.stream().allMatch(lease -> lease.endSeconds() <= now);
  }

  /** The whole configuration of the session, or a part of it that changes. */
  byte[] configuration(Map<String, String> options) throws StructureException {
    return SessionConfiguration.signed(destination, options, clock.millis(), signer);
  }
}
