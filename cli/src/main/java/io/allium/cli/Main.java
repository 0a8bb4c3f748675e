package io.allium.cli;

import io.allium.I2pException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The program {@code allium}. */
@Command(
    name = "allium",
    description = "Programs on I2P: try it with 'allium demo'.",
    mixinStandardHelpOptions = true,
    version = "allium 0.1.0-SNAPSHOT",
    subcommands = {
      CommandLine.HelpCommand.class,
      DemoCommand.class,
      KeysCommand.class,
      ResolveCommand.class,
      IsUpCommand.class,
      GetCommand.class,
      ServeCommand.class,
      PingPongCommand.class,
      ListenCommand.class,
      ConnectCommand.class,
      ForwardCommand.class,
      ProxyCommand.class,
      SendCommand.class,
      ReceiveCommand.class,
      StatusCommand.class
    })
public final class Main implements Runnable, AlliumCommand.Context {
  /** Held here, since a logger that nobody holds forgets its level. */
  private static final Logger LOGGER = Logger.getLogger("io.allium");

  @Mixin
  Globals globals = new Globals();

  @Spec
  @Nullable
  CommandSpec spec;

  private final Stop stop;
  private final PrintStream out;
  private final PrintStream err;

  private Main(Stop stop, PrintStream out, PrintStream err) {
    this.stop = stop;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs a command and exits.
   *
   * @param args the command line
   */
  public static void main(String... args) {
    speakUtf8();
    Stop stop = new Stop();
    stop.install();
    System.exit(run(stop, System.out, System.err, args));
  }

  /** Runs a command within this program. */
  static int run(Stop stop, PrintStream out, PrintStream err, String... args) {
    return new Main(stop, out, err).run(args);
  }

  private int run(String... args) {
    // in a command line that cannot be read to its end it may not have been met yet
    boolean json = List.of(args).contains("--json");
    int code = commandLine(this)
        .setExecutionStrategy(parsed -> {
          logging();
          return new CommandLine.RunLast().execute(parsed);
        })
        .setExecutionExceptionHandler((error, command, parsed) -> report(error, typed(parsed)))
        .setParameterExceptionHandler(
            (error, parsed) -> tell(Failure.of(ExitCodes.USAGE, Misuse.sentence(error)), json))
        .setExitCodeExceptionMapper(error -> ExitCodes.USAGE)
        .setOut(new PrintWriter(out, true))
        .execute(args);
    if (code == ExitCodes.OK && out.checkError()) {
      code = tell(
          Failure.of(
              ExitCodes.CANNOT_CREATE, "standard output did not take all that was to be printed"),
          json);
    }
    stop.finished();
    return code == CommandLine.ExitCode.USAGE ? ExitCodes.USAGE : code;
  }

  /** The commands and options, and how arguments are read: as they were typed. */
  static CommandLine commandLine() {
    return commandLine(new Main(new Stop(), System.out, System.err));
  }

  private static CommandLine commandLine(Main main) {
    return new CommandLine(main)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .registerConverter(Path.class, Main::path);
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "this is no path that the system can name: check its text, and that the locale is one of"
              + " UTF-8, as LC_ALL=C.UTF-8");
    }
  }

  /** The launcher sees to it; a JVM that something else started takes the encoding of output from the locale. */
  private static void speakUtf8() {
    if (!System.out.charset().equals(StandardCharsets.UTF_8)) {
      System.setOut(utf8(FileDescriptor.out));
    }
    if (!System.err.charset().equals(StandardCharsets.UTF_8)) {
      System.setErr(utf8(FileDescriptor.err));
    }
  }

  private static PrintStream utf8(FileDescriptor file) {
    return new PrintStream(new FileOutputStream(file), false, StandardCharsets.UTF_8);
  }

  /** Without a command, the help. */
  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(out);
    }
  }

  @Override
  public Globals globals() {
    return globals;
  }

  @Override
  public Stop stop() {
    return stop;
  }

  @Override
  public Output output() {
    return output(globals.json);
  }

  private Output output(boolean json) {
    return new Output(out, err, json, globals.quiet);
  }

  private void logging() {
    Level level = globals.quiet ? Level.OFF : globals.verbose ? Level.FINE : Level.WARNING;
    // the JDK's own chatter is nobody's business here
    LOGGER.setLevel(level);
    for (var handler : Logger.getLogger("").getHandlers()) {
      if (handler instanceof ConsoleHandler) {
        handler.setLevel(level);
        handler.setFormatter(new LogFormatter());
      }
    }
  }

  /** What was given to the command itself, without options. */
  private static List<String> typed(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.matchedPositionals().stream()
        .map(PositionalParamSpec::originalStringValues)
        .flatMap(List::stream)
        .toList();
  }

  private int report(Exception error, List<String> typed) {
    if (stop.stopping()) {
      return ExitCodes.INTERRUPTED;
    }
    if (globals.verbose) {
      error.printStackTrace(err);
    }
    return switch (error) {
      case CommandFailure failure -> tell(Failure.of(failure), globals.json);
      case I2pException failure -> tell(MistakenName.explain(failure, typed), globals.json);
      case InterruptedException interrupted -> ExitCodes.INTERRUPTED;
      default ->
        tell(
            Failure.of(ExitCodes.BUG, "a bug: " + error + "; run again with -v and report it"),
            globals.json);
    };
  }

  private int tell(Failure failure, boolean json) {
    output(json).failure(failure);
    return failure.exitCode();
  }
}
