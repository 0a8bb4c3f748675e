package io.allium;

import io.allium.protocol.structures.StructureException;

/** Tells what the structures refuse as errors of the API. */
final class Parsing {
  private Parsing() {}

  /** Reads or checks something. */
  @FunctionalInterface
  interface Step<T> {
    T run() throws StructureException;
  }

  static <T> T name(Step<T> step) throws I2pException {
    return run(ErrorKind.NAME_INVALID, step);
  }

  static <T> T keys(Step<T> step) throws I2pException {
    return run(ErrorKind.KEY_INVALID, step);
  }

  private static <T> T run(ErrorKind kind, Step<T> step) throws I2pException {
    try {
      return step.run();
    } catch (StructureException refused) {
      throw new I2pException(kind, refused.getMessage(), refused);
    }
  }
}
