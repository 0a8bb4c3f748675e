package io.allium.cli;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.cli.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code allium serve}: a static site on I2P. */
@Command(name = "serve", description = "Serves a folder as an I2P site until stopped.")
final class ServeCommand extends AlliumCommand {

  private static final String NOT_SERVED =
      "names that begin with a dot (except .well-known at the top), links that lead outside, and anything that is"
          + " neither a file nor a folder";

  @Parameters(
      paramLabel = "DIR",
      description = "the folder; everybody can read what is in it, except " + NOT_SERVED)
  Path folder = Path.of("");

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "the key file of the site; made if it does not exist")
  @Nullable
  Path keys;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = I2pPort.class,
      description = "I2P port; default 0, every port")
  int port;

  @Mixin
  ServerOptions options = new ServerOptions();

  /** Generous for the few hundred bytes of a request; who sends half of one must not keep a place for ever. */
  int requestSeconds = 60;

  @Override
  int run(Globals globals, Output out, Stop stop) throws Exception {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(
          ExitCodes.BAD_DATA,
          Files.exists(folder)
              ? folder + " is not a folder: name the folder that it is in"
              : folder + " does not exist: check the path");
    }
    Path root = folder.toRealPath();
    keepOutside(root, keys, "--keys");
    keepOutside(root, globals.routerAuth, "--router-auth");
    out.talk("not served: " + NOT_SERVED);
    I2p i2p = stop.closeAtEnd(globals.connect(out));
    I2pPort.requireCarried(i2p, port);
    I2pSession session = stop.closeAtEnd(options.openServer(i2p, out, keys));
    stop.closeAtEnd(Site.open(session, port, root, Duration.ofSeconds(requestSeconds)));
    return options.serve(session, out, stop);
  }

  /** Whoever reads the file is the site, or may use the router. */
  private static void keepOutside(Path root, @Nullable Path secret, String option)
      throws IOException, CommandFailure {
    if (secret != null && realPath(secret).startsWith(root)) {
      throw new CommandFailure(
          ExitCodes.USAGE,
          "the file of " + option
              + " is in the folder that is served, where everybody could read it: keep it elsewhere");
    }
  }

  /** Where a file is, or will be made. */
  private static Path realPath(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path above = absolute.getParent();
    if (Files.exists(file) || above == null) {
      return absolute.toRealPath();
    }
    return Files.exists(above) ? above.toRealPath().resolve(absolute.getFileName()) : absolute;
  }
}
