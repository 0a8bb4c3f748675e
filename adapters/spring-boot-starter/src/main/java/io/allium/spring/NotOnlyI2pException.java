package io.allium.spring;

/** Something would open a TCP port, so that the application could be found without I2P. */
final class NotOnlyI2pException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String action;

  NotOnlyI2pException(String what, String action) {
    super(what + ": " + action);
    this.action = action;
  }

  String action() {
    return action;
  }
}
