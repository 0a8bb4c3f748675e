package io.allium.protocol.i2cp;

/**
 * User name and password for a router's I2CP.
 *
 * @param user the name
 * @param password the password
 */
public record Login(String user, String password) {
  /** Tells nothing. */
  @Override
  public String toString() {
    return "Login";
  }
}
