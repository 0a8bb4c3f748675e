package io.allium.cli;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code allium listen}: netcat, the end that waits. */
@Command(
    name = "listen",
    description = "Accepts one stream and joins it to standard input and output.")
final class ListenCommand extends AlliumCommand {
  /** Where neither can end one direction alone, the one that connected leaves first, and knows then that it did. */
  private static final int LATER = 10;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "the key file of the identity; made if it does not exist")
  @Nullable
  Path keys;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = I2pPort.class,
      description = "I2P port; default 0, every port")
  int port;

  @Mixin
  Netcat.Options netcat = new Netcat.Options();

  @Mixin
  ServerOptions options = new ServerOptions();

  @Override
  int run(Globals globals, Output out, Stop stop) throws Exception {
    netcat.check();
    I2p i2p = stop.closeAtEnd(globals.connect(out));
    I2pPort.requireCarried(i2p, port);
    I2pSession session = stop.closeAtEnd(options.openServer(i2p, out, keys));
    try (I2pAcceptor acceptor = session.listen(port)) {
      // standard output is the peer's bytes alone, so these two lines are talk, which even -q must
      // not hide
      System.err.println("address " + session.destination().base32().text());
      options.awaitReachable(session, out);
      stop.ready();
      System.err.println("ready");
      try (I2pStream stream = acceptor.accept()) {
        new Netcat(stream, netcat.wait + LATER, netcat.confirmed, out)
            .join(System.in, new UnclosedOutput(System.out));
      }
    }
    return ExitCodes.OK;
  }
}
