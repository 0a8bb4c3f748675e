package io.allium.interop;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.IOException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;

/**
 * A program that moves {@value #TOTAL} bytes through one stream of a network in memory, to a reader that is slower than
 * the writer and pauses now and then, and prints how many arrived and whether they are the ones that were sent.
 */
final class Bulk {
  static final long TOTAL = 1L << 30;

  private static final int BLOCK = 1 << 16;
  /** In a pause, a writer that did not wait would be far more than the memory ahead. */
  private static final long PAUSE_EVERY = 128L << 20;

  private static final long PAUSE_NANOS = 500_000_000;

  private Bulk() {}

  public static void main(String[] arguments) throws Exception {
    try (I2p i2p = I2p.connect("memory:bulk");
        I2pSession client = i2p.open();
        I2pSession server = i2p.open();
        I2pAcceptor acceptor = server.listen(0)) {
      FutureTask<Long> sent = new FutureTask<>(() -> send(client, acceptor.address()));
      Thread.ofVirtual().start(sent);
      CRC32C sum = new CRC32C();
      long count = receive(acceptor, sum);
      System.out.println(count + " " + (sum.getValue() == sent.get() ? "intact" : "damaged"));
    }
  }

  private static long send(I2pSession client, I2pAddress to) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] block = new byte[BLOCK];
    try (I2pStream stream = client.connect(to)) {
      for (long done = 0; done < TOTAL; done += BLOCK) {
        for (int i = 0; i < BLOCK; i += Long.BYTES) {
          block[i] = (byte) (done >> 16);
          block[i + 1] = (byte) (done >> 24);
          block[i + 2] = (byte) i;
        }
        sum.update(block);
        stream.output().write(block);
      }
    }
    return sum.getValue();
  }

  private static long receive(I2pAcceptor acceptor, CRC32C sum) throws IOException {
    byte[] some = new byte[BLOCK];
    long count = 0;
    long pauseAt = PAUSE_EVERY;
    try (I2pStream stream = acceptor.accept()) {
      for (int n = stream.input().read(some); n >= 0; n = stream.input().read(some)) {
        sum.update(some, 0, n);
        count += n;
        if (count >= pauseAt) {
          pauseAt += PAUSE_EVERY;
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
    return count;
  }
}
