package io.allium.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in one sentence. */
final class Misuse {
  /** A longer word is none that was meant as a command or an option, and may be a secret. */
  private static final Pattern SHORT = Pattern.compile("[A-Za-z0-9-]{1,30}");

  /** How {@code allium help} says it. */
  private static final Pattern UNKNOWN_SUBCOMMAND =
      Pattern.compile("Unknown subcommand '(.*)'\\.", Pattern.DOTALL);

  private Misuse() {}

  static String sentence(ParameterException error) {
    CommandLine command = error.getCommandLine();
    return what(error, command) + "; see " + command.getCommandSpec().qualifiedName(" ")
        + " --help";
  }

  private static String what(ParameterException error, CommandLine command) {
    String message = String.valueOf(error.getMessage());
    if (error instanceof UnmatchedArgumentException unmatched) {
      String typed = unmatched.getUnmatched().getFirst();
      if (typed.startsWith("-") && typed.length() > 1) {
        return unknown("option", typed.split("=", 2)[0], options(command));
      }
      return command.getSubcommands().isEmpty()
          ? "there is an argument too many" + quoted(typed)
          : unknown("command", typed, List.copyOf(command.getSubcommands().keySet()));
    }
    Matcher help = UNKNOWN_SUBCOMMAND.matcher(message);
    if (help.matches()) {
      return unknown(
          "command", help.group(1), List.copyOf(command.getSubcommands().keySet()));
    }
    return message;
  }

  private static List<String> options(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .map(OptionSpec::names)
        .flatMap(Arrays::stream)
        .toList();
  }

  private static String unknown(String kind, String typed, List<String> known) {
    Optional<String> meant = Nearest.of(typed, known);
    return "unknown " + kind + quoted(typed)
        + meant.map(word -> ": did you mean " + word).orElse("");
  }

  private static String quoted(String typed) {
    return SHORT.matcher(typed).matches() ? " '" + typed + "'" : "";
  }
}
