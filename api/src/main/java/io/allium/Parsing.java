package io.allium;

import io.allium.internal.values.KeyFileException;
import io.allium.protocol.structures.StructureException;

/** Tells what the structures and the key files refuse as errors of the API. */
final class Parsing {
  private Parsing() {}

  /** Reads or checks something. */
  @FunctionalInterface
  interface Step<T> {
    T run() throws StructureException;
  }

  /** Reads or writes a key file. */
  @FunctionalInterface
  interface FileStep<T> {
    T run() throws KeyFileException;
  }

  static <T> T file(FileStep<T> step) throws I2pException {
    try {
      return step.run();
    } catch (KeyFileException refused) {
      throw of(refused);
    }
  }

  static I2pException of(KeyFileException refused) {
    ErrorKind kind = switch (refused.reason()) {
      case PATH -> ErrorKind.CONFIG_INVALID;
      case CONTENT -> ErrorKind.KEY_INVALID;
      case INTERRUPTED -> ErrorKind.INTERRUPTED;
    };
    return new I2pException(kind, String.valueOf(refused.getMessage()), refused);
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
