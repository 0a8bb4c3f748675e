package io.allium.javanet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.i2p.router.transport.ntcp.NTCPConnection;

/** Where a transport puts the connections that it wants to make: each gets its address here, before it is made. */
final class BoundDials extends ConcurrentLinkedQueue<NTCPConnection> {
  private static final long serialVersionUID = 1;

  private final transient InetAddress address;

  BoundDials(InetAddress address) {
    this.address = address;
  }

  @Override
  public boolean offer(NTCPConnection connection) {
    try {
      connection.getChannel().bind(new InetSocketAddress(address, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return super.offer(connection);
  }
}
