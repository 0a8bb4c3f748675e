package io.allium.javanet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports of a loopback address, 127.0.0.1 if no other is named, that stay free while their router is down: systems give no such port to outgoing connections. */
final class LoopbackPorts {
  private static final int FIRST = 20_000;
  private static final int AFTER_LAST = 32_000;
  private static final int TRIES = 1000;

  private final Set<Integer> taken = new HashSet<>();
  private final InetAddress address;

  LoopbackPorts() {
    this(InetAddress.getLoopbackAddress());
  }

  LoopbackPorts(InetAddress address) {
    this.address = address;
  }

  int next() throws IOException {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, AFTER_LAST);
      if (taken.add(port) && isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port on " + address.getHostAddress() + " between " + FIRST
        + " and " + AFTER_LAST + ": end other programs that listen there");
  }

  private boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, address)) {
      return probe.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
