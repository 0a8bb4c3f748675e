package io.allium.tck;

import io.allium.ErrorKind;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Two sessions that reach each other.
 *
 * @param client connects
 * @param server accepts
 */
public record Pair(I2pSession client, I2pSession server) implements AutoCloseable {
  private static final int GREETING = Long.BYTES;

  /**
   * Both ends of one stream.
   *
   * @param client the end that connected
   * @param server the end that accepted
   */
  public record Ends(I2pStream client, I2pStream server) implements AutoCloseable {
    @Override
    public void close() {
      client.close();
      server.close();
    }
  }

  /**
   * Opens a stream and finds its other end, whatever else may arrive there. Says nothing about ports.
   *
   * @param acceptor of the server's session
   * @param patience how long to try
   * @return both ends
   * @throws IOException if it fails for all that time
   */
  public Ends open(I2pAcceptor acceptor, Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return openOnce(acceptor, patience.dividedBy(4));
      } catch (I2pException e) {
        if (e.kind().place() == ErrorKind.Place.US || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  private Ends openOnce(I2pAcceptor acceptor, Duration patience) throws IOException {
    byte[] greeting = ByteBuffer.allocate(GREETING)
        .putLong(ThreadLocalRandom.current().nextLong())
        .array();
    I2pStream ours =
        client.connect(I2pAddress.of(server.destination(), acceptor.address().port()));
    try {
      ours.output().write(greeting);
      while (true) {
        I2pStream theirs = acceptor.accept(patience);
        if (isGreeting(theirs, greeting, patience)) {
          return new Ends(ours, theirs);
        }
        theirs.cancel();
      }
    } catch (IOException e) {
      ours.cancel();
      throw e;
    }
  }

  /** One that somebody else had opened may have been broken since. */
  private static boolean isGreeting(I2pStream stream, byte[] greeting, Duration patience)
      throws IOException {
    try {
      stream.readTimeout(patience);
      boolean same = Arrays.equals(stream.input().readNBytes(GREETING), greeting);
      stream.readTimeout(Duration.ZERO);
      return same;
    } catch (I2pException e) {
      stream.cancel();
      if (e.kind() == ErrorKind.PEER_RESET) {
        return false;
      }
      throw e;
    }
  }

  /** Nobody wants what is still under way. */
  @Override
  public void close() {
    client.close(Duration.ZERO);
    server.close(Duration.ZERO);
  }
}
