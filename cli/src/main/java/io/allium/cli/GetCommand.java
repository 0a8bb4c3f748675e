package io.allium.cli;

import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code allium get}: HTTP GET of an I2P site. */
@Command(name = "get", description = "Fetches a page of an I2P site.")
final class GetCommand extends AlliumCommand {
  @Parameters(paramLabel = "URL", description = "such as http://example.i2p/")
  String url = "";

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description =
          "write the body there; the file must not exist, and is there only when all of the page is")
  @Nullable
  Path file;

  @Mixin
  SessionOptions options = new SessionOptions();

  private volatile boolean whole;

  @Override
  int run(Globals globals, Output out, Stop stop) throws Exception {
    URI uri = uri(url);
    int port = uri.getPort() < 0 ? 80 : uri.getPort();
    // checked before a session is opened: a bad name should not cost a minute
    I2pAddress.parse(uri.getHost(), port);
    try (OutputStream body = open(stop);
        I2p i2p = stop.closeAtEnd(globals.connect(out));
        I2pSession session = options.openClient(i2p, out)) {
      int reached = uri.getPort() < 0 ? SessionOptions.portOrZero(i2p, port) : port;
      HttpGet.Result result =
          HttpGet.run(session, I2pAddress.parse(uri.getHost(), reached), url, body);
      out.talk("status " + result.status() + ", " + result.bytes() + " bytes");
      if (result.status() >= 400) {
        throw new CommandFailure(
            result.status() < 500 ? ExitCodes.BAD_DATA : ExitCodes.TRY_AGAIN,
            "the site answered with status " + result.status());
      }
      whole = true;
      return ExitCodes.OK;
    }
  }

  private OutputStream open(Stop stop) throws CommandFailure {
    if (file == null) {
      return new UnclosedOutput(System.out);
    }
    try {
      OutputStream made =
          Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      stop.closeAtEnd(this::removeUnlessWhole);
      return made;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.CANNOT_CREATE, file + " cannot be created, or exists: choose another");
    }
  }

  /** What is left of a page that did not come would be in the way of the next try, and look like the page. */
  private void removeUnlessWhole() throws IOException {
    if (file != null && !whole) {
      Files.deleteIfExists(file);
    }
  }

  private static URI uri(String text) throws CommandFailure {
    try {
      URI uri = new URI(text);
      if ("http".equalsIgnoreCase(uri.getScheme())
          && uri.getHost() != null
          && uri.getPort() <= I2pAddress.MAX_PORT
          && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new CommandFailure(
          ExitCodes.USAGE, "the address of a page looks like http://example.i2p/path");
    }
    throw new CommandFailure(
        ExitCodes.USAGE, "the address of a page looks like http://example.i2p/path");
  }
}
