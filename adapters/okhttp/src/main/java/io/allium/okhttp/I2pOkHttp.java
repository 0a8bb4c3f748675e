package io.allium.okhttp;

import io.allium.ConnectOptions;
import io.allium.I2pSession;
import io.allium.sockets.I2pSocketFactory;
import io.allium.sockets.StandIn;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;

/**
 * Lets an {@link OkHttpClient} speak I2P, and nothing else: names are resolved by the router, no resolver is asked, and
 * a host that is not on I2P fails with an {@link java.io.IOException}.
 *
 * <p>Each client has one session, and so one identity: give each purpose a client of its own. The session belongs to
 * who opened it; close it after the client.
 */
public final class I2pOkHttp {
  /** Peers answer over a dozen routers. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private I2pOkHttp() {}

  /**
   * Sets how a client connects. TLS, caches, cookies and everything else stay as the builder has them. OkHttp's timeouts
   * of 10 s are too short for I2P: they become 90 s to connect and 60 s to read and to write; set others afterwards.
   *
   * @param builder what to change
   * @param session who peers see
   * @return the same builder
   */
  public static OkHttpClient.Builder over(OkHttpClient.Builder builder, I2pSession session) {
    return builder
        .socketFactory(new I2pSocketFactory(session))
        .dns(host -> List.of(StandIn.of(host)))
        .proxy(Proxy.NO_PROXY)
        .connectTimeout(ConnectOptions.DEFAULT_TIMEOUT)
        .readTimeout(PATIENCE)
        .writeTimeout(PATIENCE);
  }
}
