package io.allium.protocol.i2cp;

/**
 * The router's clock, and what it speaks (I2CP, "SetDateMessage"). It comes as an answer, and again whenever the router's
 * clock was set.
 *
 * @param millis since 1970, by the router's clock
 * @param version the API that it speaks, such as {@code 0.9.64}; empty from a router older than 0.8.7
 */
public record SetDate(long millis, String version) implements RouterMessage {
  static final int TYPE = 33;

  static SetDate read(Body body) throws I2cpException {
    return new SetDate(body.date(), body.hasMore() ? body.string() : "");
  }
}
