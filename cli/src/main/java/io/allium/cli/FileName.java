package io.allium.cli;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Which names a stranger may give to a file here. */
final class FileName {
  /**
   * No path, not hidden, no option of a later command, nothing that a terminal or a shell obeys, none of our unfinished files, and
   * none of the names that are devices elsewhere.
   */
  private static final Pattern SAFE =
      Pattern.compile("(?i)(?!(con|prn|aux|nul|com\\d|lpt\\d)(\\.|$))(?!.*\\.part$)"
          + "[\\p{L}\\p{N}_]([\\p{L}\\p{M}\\p{N} ._+@,()-]*[\\p{L}\\p{M}\\p{N}_)+-])?");

  /** File systems take 255, and the unfinished file's name is longer. */
  private static final int MAX_BYTES = 200;

  private FileName() {}

  static boolean isSafe(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
        && SAFE.matcher(name).matches();
  }
}
