package io.allium.cli;

import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Known;
import io.allium.SessionConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the session of a command that serves is to be. */
final class ServerOptions extends SessionOptions {
  /** After that long a person wants to know that it is still tried. */
  private static final Duration ROUND = Duration.ofMinutes(4);

  @Option(
      names = "--await-reachable",
      description = "print ready only once peers can reach the address")
  boolean awaitReachable;

  I2pSession openServer(I2p i2p, Output out, @Nullable Path keyFile)
      throws I2pException, CommandFailure {
    I2pSession session = opened(i2p, out, keyFile);
    if ("memory".equals(i2p.uri().getScheme())) {
      out.talk("memory: is a network in this process alone: nobody outside can reach the address");
    }
    return session;
  }

  private I2pSession opened(I2p i2p, Output out, @Nullable Path keyFile)
      throws I2pException, CommandFailure {
    if (keyFile == null) {
      out.talk("without --keys FILE this address is lost when the command ends");
      return openClient(i2p, out);
    }
    SessionConfig.Builder config = config();
    try (DestinationKeys keys = keys(keyFile)) {
      if (!KeysInUse.lock(keyFile)) {
        out.talk("another program on this machine serves with the keys in " + keyFile
            + ": peers reach one of the two by chance; stop one, or give it other keys");
      }
      return open(i2p, config.keys(keys).build(), out);
    }
  }

  /** Says the address, then ready as soon as that is so, and goes on until the command is stopped. */
  int serve(I2pSession session, Output out, Stop stop) throws I2pException, InterruptedException {
    out.fact("address", session.destination().base32().text());
    awaitReachable(session, out);
    return Running.until(session, stop, out::ready);
  }

  /** To be called before {@code ready}; returns at once where that was not asked for. */
  void awaitReachable(I2pSession session, Output out) throws I2pException {
    while (awaitReachable) {
      try {
        if (session.awaitReachable(ROUND) == Known.CANNOT_KNOW) {
          out.talk("on this router nobody can know whether peers reach the address");
        }
        return;
      } catch (I2pException e) {
        if (e.kind() != ErrorKind.TIMEOUT) {
          throw e;
        }
        out.talk("peers cannot reach the address yet; still trying");
      }
    }
  }

  private static DestinationKeys keys(Path file) throws I2pException, CommandFailure {
    try {
      return DestinationKeys.loadOrCreate(file);
    } catch (I2pException e) {
      if (e.kind() == ErrorKind.CONFIG_INVALID) {
        throw new CommandFailure(ExitCodes.CANNOT_CREATE, String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }
}
