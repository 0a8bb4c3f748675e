package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.protocol.sam.Hello;
import io.allium.protocol.sam.state.HelloConversation;
import io.allium.spi.Call;
import io.allium.spi.support.RouterAddress;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * Makes connections to one SAM bridge, each greeted and ready for a command.
 *
 * @param address where it listens
 * @param hello how to greet; may hold a password
 */
record SamBridge(RouterAddress address, Hello hello) {
  /** A connection that ends with the call, until it is kept or closed. */
  SamConnection connect(Call call) throws I2pException, InterruptedException {
    return greet(open(address.resolve(), call), call);
  }

  /** As {@link #connect(Call)}, at an address that its name had before. */
  SamConnection connect(SocketAddress at, Call call) throws I2pException, InterruptedException {
    return greet(open(at, call), call);
  }

  private SamConnection greet(SocketChannel channel, Call call)
      throws I2pException, InterruptedException {
    SamConnection connection = new SamConnection(channel);
    connection.endWith(call);
    try {
      connection.greet(new HelloConversation(hello));
      return connection;
    } catch (I2pException e) {
      connection.close();
      if (connection.heard()) {
        throw e;
      }
      throw call.aborted() ? mute(e) : e.kind() == ErrorKind.PROTOCOL_VIOLATION ? silent(e) : e;
    } catch (InterruptedException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** A host may have an address at which its router does not listen. */
  private SocketChannel open(List<? extends SocketAddress> all, Call call)
      throws I2pException, InterruptedException {
    for (SocketAddress at : all.subList(0, all.size() - 1)) {
      try {
        return open(at, call);
      } catch (I2pException e) {
        if (e.kind() != ErrorKind.ROUTER_UNREACHABLE) {
          throw e;
        }
      }
    }
    return open(all.getLast(), call);
  }

  private SocketChannel open(SocketAddress at, Call call)
      throws I2pException, InterruptedException {
    SocketChannel channel;
    InetAddress address = at instanceof InetSocketAddress inet ? inet.getAddress() : null;
    try {
      channel = address instanceof Inet4Address
          ? SocketChannel.open(StandardProtocolFamily.INET)
          : SocketChannel.open();
    } catch (IOException e) {
      throw new I2pException(ErrorKind.INTERNAL, "no socket can be opened: " + e.getMessage(), e);
    }
    try (Registration abort = call.onAbort(() -> SamConnection.hangUp(channel))) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (address == null || !address.isLoopbackAddress()) {
        TcpKeepAlive.on(channel); // a router on this machine cannot vanish without a word
      }
      connect(channel, at);
      return channel;
    } catch (ClosedByInterruptException e) {
      throw new InterruptedException();
    } catch (ClosedChannelException e) {
      throw new I2pException(ErrorKind.CLOSED, "abandoned", e);
    } catch (IOException e) {
      SamConnection.closeQuietly(channel);
      throw unreachable(e);
    }
  }

  /** On this machine a connection is there at once, and a virtual thread need not be parked to learn that. */
  private static void connect(SocketChannel channel, SocketAddress at) throws IOException {
    if (!Thread.currentThread().isVirtual()) {
      channel.connect(at);
      return;
    }
    channel.configureBlocking(false);
    boolean there = channel.connect(at) || channel.finishConnect();
    channel.configureBlocking(true);
    if (!there) {
      channel.finishConnect();
    }
  }

  private I2pException silent(I2pException cause) {
    return new I2pException(
        ErrorKind.ROUTER_UNREACHABLE,
        "what listens at " + address
            + " ended the connection without an answer: the router may be starting or stopping, try again; or this is"
            + " not the port of its SAM bridge",
        cause);
  }

  private I2pException mute(I2pException cause) {
    return new I2pException(
        ErrorKind.ROUTER_UNREACHABLE,
        "what listens at " + address
            + " took the connection and said nothing in time: check that this is the port of the router's SAM bridge, or"
            + " restart the router",
        cause);
  }

  private I2pException unreachable(IOException cause) {
    return new I2pException(
        ErrorKind.ROUTER_UNREACHABLE,
        "no SAM bridge answers at " + address
            + ": start the router and enable SAM (Java I2P: router console, Clients,"
            + " start \"SAM application bridge\" and check \"Run at Startup\"; i2pd: enabled = true under [sam] in"
            + " i2pd.conf)",
        cause);
  }

  /** The address alone: the greeting may hold a password. */
  @Override
  public String toString() {
    return address.toString();
  }
}
