package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allium.Hostname;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.SessionEvent;
import io.allium.guard.ResolverGuard;
import io.allium.httpclient5.I2pHttpClient;
import io.allium.jetty.I2pConnector;
import io.allium.junit.I2pNetwork;
import io.allium.junit.I2pTest;
import io.allium.junit.Router;
import io.allium.memory.MemoryNetwork;
import io.allium.micrometer.I2pMetrics;
import io.allium.okhttp.I2pOkHttp;
import io.allium.proxy.http.HttpProxy;
import io.allium.proxy.socks.SocksProxy;
import io.allium.sockets.I2pServerSocketFactory;
import io.allium.sockets.I2pSocketFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A Jetty server on I2P alone, and each way to it. */
@I2pNetwork
class AdaptersTest {
  private static final String URL = "http://site.i2p/";
  private static final String LEAK = "planted.i2p";

  private final Server jetty = new Server(new VirtualThreadPool());
  private String site;

  @BeforeEach
  void serve(MemoryNetwork network, @Router("server") I2pSession session) throws Exception {
    network.addName(Hostname.parse("site.i2p"), session.destination());
    site = session.destination().base32().text();
    jetty.addConnector(new I2pConnector(jetty, session));
    jetty.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(
          org.eclipse.jetty.server.Request request, Response response, Callback callback) {
        Content.Sink.write(
            response, true, org.eclipse.jetty.server.Request.getRemoteAddr(request), callback);
        return true;
      }
    });
    jetty.start();
  }

  @AfterEach
  void stop() throws Exception {
    jetty.stop();
    assertEquals(List.of(), ResolverGuard.refused().stream().filter(name -> !name.equals(LEAK)).toList());
  }

  private static String fetch(OkHttpClient http, String url) throws IOException {
    try (var response = http.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.body().string();
    }
  }

  @I2pTest
  void okHttp(I2pSession session) throws Exception {
    var http = I2pOkHttp.over(new OkHttpClient.Builder(), session).build();
    String us = session.destination().base32().text();
    assertEquals(us, fetch(http, URL));
    assertEquals(us, fetch(http, "http://" + site + "/"));
    assertThrows(UnknownHostException.class, () -> fetch(http, "http://example.com/"));
  }

  @I2pTest
  void apacheHttpClient(I2pSession session) throws Exception {
    try (var http = I2pHttpClient.over(session).build()) {
      assertEquals(
          session.destination().base32().text(),
          http.execute(new HttpGet(URL), response -> EntityUtils.toString(response.getEntity())));
    }
  }

  @I2pTest
  void theClientOfTheJdkThroughTheProxy(I2p i2p) throws Exception {
    try (var proxy = HttpProxy.open(i2p);
        var http =
            HttpClient.newBuilder().proxy(ProxySelector.of(proxy.localAddress())).build()) {
      var request = HttpRequest.newBuilder(URI.create(URL)).build();
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(200, response.statusCode());
      assertTrue(response.body().endsWith(".b32.i2p"), response.body());
    }
  }

  @I2pTest
  void aSocketOfTheJdkThroughTheProxy(I2p i2p, @Router("server") I2pSession server)
      throws Exception {
    try (var proxy = SocksProxy.open(i2p);
        var listening = new I2pServerSocketFactory(server).createServerSocket(7);
        var ours = new Socket(new Proxy(Proxy.Type.SOCKS, proxy.localAddress()))) {
      String host = server.destination().base32().text();
      ours.connect(InetSocketAddress.createUnresolved(host, 7));
      echo(listening, ours);
    }
  }

  @I2pTest
  void sockets(I2pSession client, @Router("server") I2pSession server) throws Exception {
    try (var listening = new I2pServerSocketFactory(server).createServerSocket(7);
        var ours =
            new I2pSocketFactory(client).createSocket(server.destination().base32().text(), 7)) {
      ours.setSoTimeout(1);
      assertThrows(SocketTimeoutException.class, () -> ours.getInputStream().read());
      ours.setSoTimeout(0);
      echo(listening, ours);
    }
  }

  private static void echo(ServerSocket listening, Socket ours) throws IOException {
    ours.getOutputStream().write(42);
    try (var theirs = listening.accept()) {
      theirs.getOutputStream().write(theirs.getInputStream().read());
      assertEquals(42, ours.getInputStream().read());
    }
  }

  @I2pTest
  void meters(I2p i2p) throws Exception {
    var registry = new SimpleMeterRegistry();
    new I2pMetrics(i2p).bindTo(registry);
    try (var session = i2p.open()) {
      fetch(I2pOkHttp.over(new OkHttpClient.Builder(), session).build(), URL);
      assertEquals(1, registry.get("io.allium.connect").functionCounter().count());
      assertEquals(
          1, registry.get("io.allium.sessions").tag("state", "online").gauge().value());
    }
  }

  @I2pTest
  void theServerIsThereAgainAfterItsRouter(
      MemoryNetwork network, @Router("server") I2p there, I2pSession session) throws Exception {
    var back = new CountDownLatch(1);
    there.sessions().getFirst().onEvent(event -> {
      if (event instanceof SessionEvent.Recovered) {
        back.countDown();
      }
    });
    network.restart("server");
    back.await();
    var http = I2pOkHttp.over(new OkHttpClient.Builder(), session).build();
    assertEquals(session.destination().base32().text(), fetch(http, URL));
  }

  @I2pTest
  void theGuardIsAtWork() {
    assertThrows(UnknownHostException.class, () -> InetAddress.getByName(LEAK));
    assertTrue(ResolverGuard.refused().contains(LEAK));
  }
}
