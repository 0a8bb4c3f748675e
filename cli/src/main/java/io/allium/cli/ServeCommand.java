package io.allium.cli;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.proxy.forward.ServerForward;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code allium serve}: a static site on I2P. */
@Command(name = "serve", description = "Serves a folder as an I2P site until stopped.")
final class ServeCommand extends AlliumCommand {
  /** Module jdk.httpserver: how long a request may take in seconds, without a limit by default. */
  private static final String MAX_REQUEST_TIME = "sun.net.httpserver.maxReqTime";

  @Parameters(
      paramLabel = "DIR",
      description = "the folder; everything in it can be read by everybody")
  Path folder = Path.of("");

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "the site's identity; made when absent")
  @Nullable
  Path keys;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = I2pPort.class,
      description = "I2P port; default 0, every port")
  int port;

  @Mixin
  SessionOptions options = new SessionOptions();

  /** Generous for the few hundred bytes of a request; who sends half of one must not keep a place for ever. */
  int requestSeconds = 60;

  @Override
  int run(Globals globals, Output out, Stop stop) throws Exception {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(ExitCodes.BAD_DATA, folder + " is not a folder");
    }
    Path root = folder.toRealPath();
    keepOutside(root, keys, "--keys");
    keepOutside(root, globals.routerAuth, "--router-auth");
    System.setProperty(MAX_REQUEST_TIME, String.valueOf(requestSeconds));
    HttpServer site =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    site.createContext("/", SimpleFileServer.createFileHandler(root));
    site.start();
    stop.closeAtEnd(() -> site.stop(0));
    I2p i2p = stop.closeAtEnd(globals.connect(out));
    I2pPort.requireCarried(i2p, port);
    I2pSession session = stop.closeAtEnd(options.openServer(i2p, out, keys));
    stop.closeAtEnd(ServerForward.open(session, port, site.getAddress()));
    return Running.until(session, stop, () -> {
      out.fact("address", session.destination().base32().text());
      out.ready();
    });
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
