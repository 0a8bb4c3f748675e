package io.allium.cli;

import io.allium.Credentials;
import io.allium.I2p;
import io.allium.I2pException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command has. */
final class Globals {
  @Option(
      names = "--router",
      paramLabel = "URI",
      scope = ScopeType.INHERIT,
      description =
          "the router, such as sam://127.0.0.1:7656; default: ALLIUM_ROUTER, I2P_SAM_ADDRESS, then a running one")
  @Nullable
  String router;

  @Option(
      names = "--router-auth",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "a file with the user name on its first line and the password on its second")
  @Nullable
  Path routerAuth;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "print one JSON object a line")
  boolean json;

  @Option(names = "-v", scope = ScopeType.INHERIT, description = "say more; stack traces on errors")
  boolean verbose;

  @Option(
      names = "-q",
      scope = ScopeType.INHERIT,
      description = "say nothing on standard error but errors")
  boolean quiet;

  I2p connect(Output out) throws I2pException, CommandFailure {
    if (router == null && routerAuth != null) {
      throw new CommandFailure(
          ExitCodes.USAGE, "--router-auth goes with --router: name the router that it is for");
    }
    if (router == null) {
      I2p found = I2p.discover();
      out.talk("router " + found.uri());
      return found;
    }
    if (routerAuth == null) {
      return I2p.connect(router);
    }
    try {
      return I2p.connect(new URI(router), credentials(routerAuth));
    } catch (URISyntaxException e) {
      throw new CommandFailure(
          ExitCodes.BAD_CONFIGURATION, "--router is no URI such as sam://127.0.0.1:7656");
    }
  }

  private static Credentials credentials(Path file) throws CommandFailure {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() < 2 || lines.get(0).isEmpty()) {
        throw new CommandFailure(
            ExitCodes.BAD_CONFIGURATION,
            file + " needs a user name on its first line and a password on its second");
      }
      return Credentials.of(lines.get(0), lines.get(1).toCharArray());
    } catch (IOException e) {
      // not its path: in its place there may be the password itself
      throw new CommandFailure(
          ExitCodes.BAD_CONFIGURATION, "the file of --router-auth cannot be read: give a path");
    }
  }
}
