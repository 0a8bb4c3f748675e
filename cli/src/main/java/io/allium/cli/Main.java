package io.allium.cli;

import io.allium.I2pException;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

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

  final Stop stop = new Stop();

  private Main() {}

  /**
   * Runs a command and exits.
   *
   * @param args the command line
   */
  public static void main(String... args) {
    Main main = new Main();
    main.stop.install();
    int code = new CommandLine(main)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(parsed -> {
          main.logging();
          return new CommandLine.RunLast().execute(parsed);
        })
        .setExecutionExceptionHandler((error, command, parsed) -> main.report(error))
        .setParameterExceptionHandler((error, parsed) -> misused(error))
        .setExitCodeExceptionMapper(error -> ExitCodes.USAGE)
        .execute(args);
    if (code == ExitCodes.OK && System.out.checkError()) {
      code =
          say("standard output did not take all that was to be printed", ExitCodes.CANNOT_CREATE);
    }
    main.stop.finished();
    System.exit(code == CommandLine.ExitCode.USAGE ? ExitCodes.USAGE : code);
  }

  /** Without a command, the help. */
  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(System.out);
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
    return new Output(System.out, System.err, globals.json, globals.quiet);
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

  private static int misused(ParameterException error) {
    String command = error.getCommandLine().getCommandSpec().qualifiedName(" ");
    boolean unknown = error instanceof UnmatchedArgumentException unmatched
        && command.equals("allium")
        && unmatched.getUnmatched().getFirst().matches("[a-z-]+");
    return say(
        (unknown ? "unknown command" : error.getMessage()) + "; see " + command + " --help",
        ExitCodes.USAGE);
  }

  private int report(Exception error) {
    if (stop.stopping()) {
      return ExitCodes.INTERRUPTED;
    }
    if (globals.verbose) {
      error.printStackTrace();
    }
    return switch (error) {
      case CommandFailure failure -> say(failure.getMessage(), failure.exitCode());
      case I2pException failure -> say(failure.getMessage(), ExitCodes.of(failure.kind()));
      case InterruptedException interrupted -> ExitCodes.INTERRUPTED;
      default -> say("a bug: " + error + "; run again with -v and report it", ExitCodes.BUG);
    };
  }

  private static int say(@Nullable String message, int code) {
    System.err.println("allium: " + message);
    return code;
  }
}
