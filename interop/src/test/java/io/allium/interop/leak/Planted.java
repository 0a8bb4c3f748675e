package io.allium.interop.leak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;

/** Leaks on purpose, so that who counts leaks is seen to count. */
public final class Planted {
  /** Nobody answers, and nobody need wait for that. */
  private static final int PATIENCE_MILLIS = (int) Duration.ofMillis(200).toMillis();

  private Planted() {}

  /**
   * Leaks.
   *
   * @param args {@code connect} and IP addresses, or {@code resolve} and names
   */
  public static void main(String... args) throws IOException {
    for (int i = 1; i < args.length; i++) {
      if (args[0].equals("connect")) {
        connect(args[i]);
      } else {
        resolve(args[i]);
      }
    }
  }

  private static void connect(String address) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getAllByName(address)[0], 80), PATIENCE_MILLIS);
      throw new IllegalStateException(address + " answered");
    } catch (IOException e) {
      System.out.println(address + ": " + e.getMessage());
    }
  }

  private static void resolve(String name) {
    try {
      throw new IllegalStateException(name + " is " + InetAddress.getAllByName(name)[0]);
    } catch (UnknownHostException e) {
      System.out.println(name + ": " + e.getMessage());
    }
  }
}
