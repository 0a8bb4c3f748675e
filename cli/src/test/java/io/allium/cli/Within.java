package io.allium.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program without a process of its own. */
final class Within {
  private Within() {}

  static Program.Result run(String... args) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int code = Main.run(new Stop(), print(output), print(errors), args);
    return new Program.Result(
        code,
        output.toString(StandardCharsets.UTF_8).lines().toList(),
        errors.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream print(ByteArrayOutputStream target) {
    return new PrintStream(target, true, StandardCharsets.UTF_8);
  }
}
