package io.allium.protocol.i2cp;

import io.allium.protocol.structures.Lease2;
import java.util.ArrayList;
import java.util.List;

/**
 * The router's inbound tunnels, to be put into a lease set (I2CP, "RequestVariableLeaseSetMessage").
 *
 * @param session whose
 * @param leases the tunnels, at most {@value #MAX_LEASES}
 */
public record LeaseSetRequest(int session, List<Lease2> leases) implements RouterMessage {
  static final int TYPE = 37;

  /** Common structures, "LeaseSet2": at most 16 leases. */
  public static final int MAX_LEASES = 16;

  /** Copies the list. */
  public LeaseSetRequest {
    leases = List.copyOf(leases);
  }

  static LeaseSetRequest read(Body body) throws I2cpException {
    int session = body.u16();
    int count = body.u8();
    if (count > MAX_LEASES) {
      throw body.wrong("it has " + count + " leases");
    }
    List<Lease2> leases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leases.add(body.lease());
    }
    return new LeaseSetRequest(session, leases);
  }
}
