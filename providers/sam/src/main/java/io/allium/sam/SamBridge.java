package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.protocol.sam.Hello;
import io.allium.protocol.sam.state.HelloConversation;
import io.allium.spi.Call;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;

/**
 * Makes connections to one SAM bridge, each greeted and ready for a command.
 *
 * @param address where it listens
 * @param hello how to greet; may hold a password
 */
record SamBridge(SamAddress address, Hello hello) {
  /** A connection that ends with the call, until it is kept or closed. */
  SamConnection connect(Call call) throws I2pException, InterruptedException {
    return connect(address.resolve(), call);
  }

  /** As {@link #connect(Call)}, at an address that its name had before. */
  SamConnection connect(SocketAddress at, Call call) throws I2pException, InterruptedException {
    SamConnection connection = new SamConnection(open(at, call));
    connection.endWith(call);
    try {
      connection.greet(new HelloConversation(hello));
      return connection;
    } catch (I2pException e) {
      connection.close();
      throw e.kind() == ErrorKind.PROTOCOL_VIOLATION && !connection.heard() ? silent(e) : e;
    } catch (InterruptedException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private SocketChannel open(SocketAddress at, Call call)
      throws I2pException, InterruptedException {
    SocketChannel channel;
    try {
      channel = SocketChannel.open();
    } catch (IOException e) {
      throw new I2pException(ErrorKind.INTERNAL, "no socket can be opened: " + e.getMessage(), e);
    }
    try (Registration abort = call.onAbort(() -> SamConnection.hangUp(channel))) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      TcpKeepAlive.on(channel);
      channel.connect(at);
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

  private I2pException silent(I2pException cause) {
    return new I2pException(
        ErrorKind.ROUTER_UNREACHABLE,
        "what listens at " + address
            + " ended the connection without a word: the router may be starting or stopping, try again; or this is"
            + " not the port of its SAM bridge",
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
