package io.allium.cli;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
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
          "the router, such as sam://127.0.0.1:7656; default: ALLIUM_ROUTER, then I2P_SAM_ADDRESS, then a router that"
              + " runs on this machine")
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

  @Option(
      names = "-v",
      scope = ScopeType.INHERIT,
      description = "print more; stack traces on errors")
  boolean verbose;

  @Option(
      names = "-q",
      scope = ScopeType.INHERIT,
      description = "print only errors on standard error")
  boolean quiet;

  I2p connect(Output out) throws I2pException, CommandFailure {
    if (router == null && routerAuth != null) {
      throw new CommandFailure(
          ExitCodes.USAGE, "--router-auth goes with --router: name the router that it is for");
    }
    if (router == null) {
      I2p found = discover();
      out.talk("router " + found.uri());
      return found;
    }
    if (routerAuth == null) {
      return I2p.connect(router);
    }
    try {
      return I2p.connect(new URI(router), CredentialsFile.read(routerAuth));
    } catch (URISyntaxException e) {
      // says what is wrong with it
      return I2p.connect(router);
    }
  }

  private static I2p discover() throws I2pException {
    try {
      return I2p.discover();
    } catch (I2pException e) {
      if (e.kind() != ErrorKind.ROUTER_UNREACHABLE) {
        throw e;
      }
      throw new I2pException(e.kind(), e.getMessage() + ", or by --router URI", e);
    }
  }
}
