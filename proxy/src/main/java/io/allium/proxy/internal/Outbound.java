package io.allium.proxy.internal;

import io.allium.Capability;
import io.allium.ConnectOptions;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.I2pStream;
import io.allium.Resolved;
import io.allium.SessionConfig;
import io.allium.SessionPool;
import java.time.Duration;

/** The I2P side of a proxy: streams, from one session for each purpose. */
public final class Outbound implements AutoCloseable {
  /** A person who reads a page for a while keeps the address; who left gives the tunnels back. */
  private static final Duration IDLE = Duration.ofMinutes(20);

  /** Each costs the router tunnels all the time. */
  private static final int MAX_SESSIONS = 16;

  /** Nobody can give it: the others begin with another letter. */
  private static final String NO_USER = "-";

  private final I2p i2p;
  private final SessionPool pool;

  /** Without sessions yet. */
  public Outbound(I2p i2p, SessionConfig config) {
    this.i2p = i2p;
    pool = SessionPool.of(i2p, config, IDLE, MAX_SESSIONS);
  }

  /** The purpose of a user; an empty name is no user. */
  public static String purpose(String user) {
    return user.isEmpty() ? NO_USER : "=" + user;
  }

  /** Opens a stream; the port is left out where the router has none. */
  public I2pStream connect(String purpose, I2pName name, int port) throws I2pException {
    int carried = i2p.capabilities().contains(Capability.PORTS) ? port : 0;
    return pool.connect(purpose, I2pAddress.of(name, carried), ConnectOptions.defaults());
  }

  /** Asks the router what a name stands for. */
  public Resolved resolve(I2pName name) throws I2pException {
    return i2p.resolve(name);
  }

  /** Closes the sessions. */
  @Override
  public void close() {
    pool.close();
  }
}
