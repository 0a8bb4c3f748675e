package io.allium.httpclient5;

import io.allium.ConnectOptions;
import io.allium.I2pSession;
import io.allium.sockets.I2pSocketFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Lets Apache's classic HttpClient speak I2P, and nothing else: names are resolved by the router, no resolver is asked,
 * and a host that is not on I2P fails with an {@link java.io.IOException}.
 *
 * <p>Each client has one session, and so one identity: give each purpose a client of its own. The session belongs to
 * who opened it; close it after the client.
 */
public final class I2pHttpClient {
  /** Peers answer over a dozen routers. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private I2pHttpClient() {}

  /**
   * A client's builder whose connections are streams of a session. A connect may take 90 s, and a peer may be silent
   * for 60 s; a request's own configuration changes both. TLS is checked against the JVM's trusted certificates.
   *
   * @param session who peers see
   * @return a builder; its connection manager is set, everything else is the program's
   */
  public static HttpClientBuilder over(I2pSession session) {
    return over(session, DefaultClientTlsStrategy.createDefault());
  }

  /**
   * As {@link #over(I2pSession)}, with TLS of the program's own.
   *
   * @param session who peers see
   * @param tls how connections to {@code https} are secured
   * @return a builder; its connection manager is set, everything else is the program's
   */
  public static HttpClientBuilder over(I2pSession session, TlsSocketStrategy tls) {
    I2pSocketFactory sockets = new I2pSocketFactory(session);
    var manager = new PoolingHttpClientConnectionManager(
        new DefaultHttpClientConnectionOperator(
            proxy -> sockets.createSocket(),
            null,
            new Unresolved(),
            RegistryBuilder.<TlsSocketStrategy>create()
                .register(URIScheme.HTTPS.id, tls)
                .build()),
        PoolConcurrencyPolicy.STRICT,
        PoolReusePolicy.LIFO,
        TimeValue.NEG_ONE_MILLISECOND,
        null);
    manager.setDefaultConnectionConfig(ConnectionConfig.custom()
        .setConnectTimeout(Timeout.of(ConnectOptions.DEFAULT_TIMEOUT))
        .setSocketTimeout(Timeout.of(PATIENCE))
        .build());
    return HttpClientBuilder.create().setConnectionManager(manager);
  }

  /** Leaves every name to the router. */
  private static final class Unresolved implements DnsResolver {
    @Override
    public List<InetSocketAddress> resolve(String host, int port) {
      return List.of(InetSocketAddress.createUnresolved(host, port));
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      throw new UnknownHostException("no name of I2P has an IP address");
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
