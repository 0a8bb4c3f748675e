package io.allium.cli;

import java.io.Serial;

/** An error that is not one of the API's: a sentence for the user and the code to exit with. */
final class CommandFailure extends Exception {
  @Serial
  private static final long serialVersionUID = 1;

  private final int exitCode;

  CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
