package io.allium.cli;

import io.allium.ErrorKind;
import io.allium.I2pException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** A file that was given where an address belongs is told from an address that is mistyped. */
final class MistakenName {
  private MistakenName() {}

  /** An error, and what led to it if a file is among what was typed in place of an address. */
  static Failure explain(I2pException error, List<String> typed) {
    Failure failure = Failure.of(error);
    if (error.kind() != ErrorKind.NAME_INVALID) {
      return failure;
    }
    for (String word : typed) {
      if (isFile(word)) {
        return failure.saying(word
            + " is a file, and an address of I2P belongs there: if it is a key file, 'allium keys"
            + " show " + word + "' prints its address");
      }
    }
    return failure;
  }

  private static boolean isFile(String word) {
    try {
      return Files.isRegularFile(Path.of(word));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
