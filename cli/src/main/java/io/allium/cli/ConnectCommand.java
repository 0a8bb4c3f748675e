package io.allium.cli;

import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.I2pStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code allium connect}: netcat, the end that connects. */
@Command(
    name = "connect",
    description = "Opens a stream and joins it to standard input and output.")
final class ConnectCommand extends AlliumCommand {
  @Parameters(paramLabel = "ADDRESS", description = "the peer to connect to")
  String address = "";

  @Mixin
  Netcat.Options netcat = new Netcat.Options();

  @Mixin
  SessionOptions options = new SessionOptions();

  @Override
  int run(Globals globals, Output out, Stop stop) throws Exception {
    netcat.check();
    I2pAddress peer = I2pAddress.parse(address, 0);
    I2p i2p = stop.closeAtEnd(globals.connect(out));
    I2pPort.requireCarried(i2p, peer.port());
    I2pSession session = stop.closeAtEnd(options.openClient(i2p, out));
    try (I2pStream stream = session.connect(peer)) {
      stop.ready();
      new Netcat(stream, netcat.wait, netcat.confirmed, out)
          .join(System.in, new UnclosedOutput(System.out));
    }
    return ExitCodes.OK;
  }
}
