package io.allium.protocol.i2cp;

/**
 * The router ends the connection, and every session on it (I2CP, "DisconnectMessage").
 *
 * @param reason in the router's words; may name a destination
 */
public record Disconnect(String reason) implements RouterMessage {
  static final int TYPE = 30;

  static Disconnect read(Body body) throws I2cpException {
    return new Disconnect(body.string());
  }
}
