package io.allium.examples;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Which sites answer, all asked at once. */
public final class IsUp {
  private IsUp() {}

  /**
   * Runs the program.
   *
   * @param args the router's URI and names
   * @throws IOException if the router fails
   */
  public static void main(String... args) throws IOException {
    try (I2p i2p = I2p.connect(args[0]);
        I2pSession session = i2p.open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 1; i < args.length; i++) {
        String name = args[i];
        threads.execute(() -> System.out.println(name + (isUp(session, name) ? " up" : " down")));
      }
    }
  }

  private static boolean isUp(I2pSession session, String name) {
    try (I2pStream stream = session.connect(name)) {
      stream.readTimeout(Duration.ofSeconds(60));
      stream.output().write(("HEAD / HTTP/1.0\r\nHost: " + name + "\r\n\r\n").getBytes());
      return stream.input().read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }
}
