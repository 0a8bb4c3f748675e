package io.allium.spring;

import io.allium.I2pSession;
import io.allium.httpclient5.I2pHttpClient;
import java.io.IOException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Makes {@link RestClient}s that fetch over I2P, and from nowhere else: a host that is not on I2P fails, also after a
 * redirect, and no resolver is asked. All of them share the application's session, and so one identity; for a purpose
 * that peers shall not link with it, open a session of its own and give it to {@link I2pHttpClient}.
 *
 * <p>Safe for use by several threads.
 */
public final class I2pRestClients implements AutoCloseable {
  private final CloseableHttpClient client;

  I2pRestClients(I2pSession session) {
    client = I2pHttpClient.over(session).disableCookieManagement().build();
  }

  /**
   * A builder for one client.
   *
   * @return a new one; its request factory is set, everything else is the program's
   */
  public RestClient.Builder builder() {
    return RestClient.builder().requestFactory(new HttpComponentsClientHttpRequestFactory(client));
  }

  /**
   * Closes the connections of all clients.
   *
   * @throws IOException if the HTTP client fails to
   */
  @Override
  public void close() throws IOException {
    client.close();
  }
}
