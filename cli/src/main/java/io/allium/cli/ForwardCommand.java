package io.allium.cli;

import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.proxy.forward.ClientForward;
import io.allium.proxy.forward.ServerForward;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code allium forward}: TCP relays. */
@Command(
    name = "forward",
    description = "Relays between local TCP ports and I2P.",
    subcommands = {ForwardCommand.Client.class, ForwardCommand.Server.class})
final class ForwardCommand extends AlliumCommand {
  @Override
  int run(Globals globals, Output out, Stop stop) throws CommandFailure {
    throw new CommandFailure(
        ExitCodes.USAGE,
        "forward needs a command: forward client LOCAL ADDRESS, or forward server LOCAL");
  }

  /** {@code allium forward client}. */
  @Command(name = "client", description = "Makes an I2P service available on a local TCP port.")
  static final class Client extends AlliumCommand {
    @Parameters(
        index = "0",
        paramLabel = "LOCAL",
        description = "where to listen, host:port; port 0 takes a free port")
    String local = "";

    @Parameters(index = "1", paramLabel = "ADDRESS", description = "the I2P service")
    String address = "";

    @Mixin
    SessionOptions options = new SessionOptions();

    @Override
    int run(Globals globals, Output out, Stop stop) throws Exception {
      I2pAddress target = I2pAddress.parse(address, 0);
      InetSocketAddress listen = LocalAddress.parse(local, 0);
      LocalAddress.requireFree(listen);
      if (!listen.getAddress().isLoopbackAddress()) {
        out.talk(
            "other machines can use " + local + ", and reach the I2P service as you: 127.0.0.1:"
                + listen.getPort() + " keeps it to this one");
      }
      I2p i2p = stop.closeAtEnd(globals.connect(out));
      I2pPort.requireCarried(i2p, target.port());
      I2pSession session = stop.closeAtEnd(options.openClient(i2p, out));
      ClientForward forward = stop.closeAtEnd(open(session, target, listen));
      return Running.until(session, stop, () -> {
        InetSocketAddress bound = forward.localAddress();
        out.fact("tcp", LocalAddress.print(bound));
        out.ready();
      });
    }

    private ClientForward open(I2pSession session, I2pAddress target, InetSocketAddress listen)
        throws CommandFailure {
      try {
        return ClientForward.open(session, target, listen);
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCodes.BAD_CONFIGURATION,
            "cannot listen on " + local + " (" + e.getMessage() + "): choose another port");
      }
    }
  }

  /** {@code allium forward server}. */
  @Command(name = "server", description = "Makes a local TCP service available on I2P.")
  static final class Server extends AlliumCommand {
    @Parameters(paramLabel = "LOCAL", description = "the local service, host:port")
    String local = "";

    @Option(
        names = "--keys",
        paramLabel = "FILE",
        description = "the key file of the service; made if it does not exist")
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

    @Override
    int run(Globals globals, Output out, Stop stop) throws Exception {
      InetSocketAddress target = LocalAddress.parse(local, 1);
      I2p i2p = stop.closeAtEnd(globals.connect(out));
      I2pPort.requireCarried(i2p, port);
      I2pSession session = stop.closeAtEnd(options.openServer(i2p, out, keys));
      stop.closeAtEnd(ServerForward.open(session, port, target));
      return options.serve(session, out, stop);
    }
  }
}
