package io.allium.protocol.i2cp;

/**
 * How much the router may transfer (I2CP, "BandwidthLimitsMessage").
 *
 * @param inbound kilobytes a second
 * @param outbound kilobytes a second
 * @param routerInbound kilobytes a second of the router itself; 0 from a router that does not say
 */
public record BandwidthLimits(long inbound, long outbound, long routerInbound)
    implements RouterMessage {
  static final int TYPE = 23;

  static BandwidthLimits read(Body body) throws I2cpException {
    return new BandwidthLimits(body.u32(), body.u32(), body.u32());
  }
}
