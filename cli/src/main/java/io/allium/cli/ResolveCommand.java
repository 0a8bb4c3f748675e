package io.allium.cli;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code allium resolve}: naming. */
@Command(name = "resolve", description = "Asks the router which address each name stands for.")
final class ResolveCommand extends AlliumCommand {
  @Parameters(arity = "1..*", paramLabel = "NAME", description = "host names or b32 addresses")
  List<String> names = new ArrayList<>();

  @Option(names = "--full", description = "print the whole destination instead of its b32 address")
  boolean full;

  @Override
  int run(Globals globals, Output out, Stop stop) throws Exception {
    int code = ExitCodes.OK;
    try (I2p i2p = stop.closeAtEnd(globals.connect(out))) {
      for (String name : names) {
        try {
          Destination found = i2p.resolve(name).destination();
          String address = found.base32().text();
          out.line(
              name + " " + (full ? found.base64() : address),
              "name",
              name,
              "address",
              address,
              "destination",
              found.base64());
        } catch (I2pException e) {
          if (e.kind() == ErrorKind.CLOSED) {
            throw e;
          }
          Failure failure = MistakenName.explain(e, List.of(name));
          out.failure(failure);
          code = failure.exitCode();
        }
      }
    }
    return code;
  }
}
