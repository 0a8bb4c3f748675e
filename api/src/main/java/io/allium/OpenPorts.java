package io.allium;

import io.allium.spi.Call;
import io.allium.spi.DatagramDriver;
import io.allium.spi.SessionDriver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The datagram ports of a session, which outlive a stay at the router. */
final class OpenPorts {
  private final I2pSession session;
  private final Current<Stay> current;
  private final Set<DatagramPort> ports = ConcurrentHashMap.newKeySet();

  OpenPorts(I2pSession session, Current<Stay> current) {
    this.session = session;
    this.current = current;
  }

  /** Opens a port; anew if the session was lost meanwhile. */
  DatagramPort open(DatagramOptions options, Call call) throws I2pException, InterruptedException {
    @Nullable Stay old = null;
    while (true) {
      Stay stay = current.awaitOther(old, call);
      DatagramDriver driver;
      try {
        driver = stay.driver().datagrams(options, call);
      } catch (I2pException e) {
        boolean cut =
            e.kind() == ErrorKind.SESSION_LOST || e.kind() == ErrorKind.CLOSED && !current.is(stay);
        if (!cut || call.aborted() || !session.isSupervised()) {
          throw e;
        }
        old = stay;
        continue;
      }
      DatagramPort port = new DatagramPort(driver, options, session);
      ports.add(port);
      if (current.is(stay)) {
        return port;
      }
      port.close();
    }
  }

  /** Opens all of them at the next stay, or none. */
  void reopen(SessionDriver next, Call call) throws I2pException, InterruptedException {
    try {
      for (DatagramPort port : ports) {
        port.reopen(next, call);
      }
    } catch (I2pException | InterruptedException | RuntimeException e) {
      lost(new I2pException(ErrorKind.SESSION_LOST, "the datagram ports did not open again", e));
      throw e;
    }
  }

  void lost(I2pException cause) {
    ports.forEach(port -> port.lost(cause));
  }

  void end(I2pException why) {
    ports.forEach(port -> port.end(why));
  }

  void forget(DatagramPort port) {
    ports.remove(port);
  }
}
