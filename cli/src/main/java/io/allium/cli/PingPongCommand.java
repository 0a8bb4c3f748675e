package io.allium.cli;

import io.allium.ConnectOptions;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code allium ping-pong}: the article's example. */
@Command(
    name = "ping-pong",
    description = "A server that answers PING with PONG, and its client.",
    subcommands = {PingPongCommand.Server.class, PingPongCommand.Client.class})
final class PingPongCommand extends AlliumCommand {
  @Override
  int run(Globals globals, Output out, Stop stop) throws CommandFailure {
    throw new CommandFailure(
        ExitCodes.USAGE,
        "ping-pong needs a command: ping-pong server, or ping-pong client ADDRESS");
  }

  /** {@code allium ping-pong server}. */
  @Command(name = "server", description = "Answers PING with PONG until stopped.")
  static final class Server extends AlliumCommand {
    @Option(
        names = "--keys",
        paramLabel = "FILE",
        description = "the key file of the server; made if it does not exist")
    @Nullable
    Path keys;

    @Mixin
    ServerOptions options = new ServerOptions();

    @Override
    int run(Globals globals, Output out, Stop stop) throws Exception {
      I2p i2p = stop.closeAtEnd(globals.connect(out));
      I2pSession session = stop.closeAtEnd(options.openServer(i2p, out, keys));
      I2pAcceptor acceptor = session.listen(0);
      out.fact("address", session.destination().base32().text());
      options.awaitReachable(session, out);
      stop.ready();
      out.ready();
      acceptor.serve(PingPong::answer);
      return ExitCodes.OK;
    }
  }

  /** {@code allium ping-pong client}. */
  @Command(name = "client", description = "Sends PING, and measures how long the PONG takes.")
  static final class Client extends AlliumCommand {
    @Parameters(paramLabel = "ADDRESS", description = "the server's address")
    String address = "";

    @Option(
        names = "-n",
        paramLabel = "N",
        converter = Whole.Rounds.class,
        description = "how many rounds; default 3")
    int rounds = 3;

    @Mixin
    SessionOptions options = new SessionOptions();

    @Override
    int run(Globals globals, Output out, Stop stop) throws Exception {
      I2pAddress server = I2pAddress.parse(address, 0);
      try (I2p i2p = stop.closeAtEnd(globals.connect(out));
          I2pSession session = options.openClient(i2p, out);
          I2pStream stream = session.connect(server)) {
        stream.readTimeout(ConnectOptions.DEFAULT_TIMEOUT);
        for (int i = 0; i < rounds; i++) {
          double millis = PingPong.exchange(stream);
          out.line(String.format(Locale.ROOT, "PONG %.1f ms", millis), "pong", i, "millis", millis);
        }
      }
      return ExitCodes.OK;
    }
  }
}
