package io.allium.benchmarks;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.SessionConfig;
import io.allium.jetty.I2pConnector;
import io.allium.proxy.ProxyOptions;
import io.allium.proxy.http.HttpProxy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * One client asks one site on another router, through our HTTP proxy over SAM and through the HTTP proxy of i2pd itself:
 * one request after the other, on connections that are kept wherever the proxy keeps them. Both have tunnels of the same
 * length and number.
 */
public final class ProxyAgainstI2pd {
  private static final int REQUESTS = 100;
  private static final int WARM_UP = 2;
  private static final int I2PD_PORT = 4444;
  private static final String PAGE = "x".repeat(1024);
  private static final SessionConfig TUNNELS =
      SessionConfig.builder().tunnelLength(1, 1).tunnelQuantity(3, 3).build();

  private static final class Site extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Content.Sink.write(response, true, PAGE, callback);
      return true;
    }
  }

  private final HttpClient client;
  private final URI page;
  private final List<Long> micros = new ArrayList<>();

  private ProxyAgainstI2pd(InetSocketAddress proxy, URI page) {
    client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .proxy(ProxySelector.of(proxy))
        .build();
    this.page = page;
  }

  /**
   * Runs and prints.
   *
   * @param args how many pairs, the host of i2pd's proxy, the SAM bridge of the same router, and that of the site's
   * @throws Exception if it fails
   */
  public static void main(String... args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    try (I2p here = I2p.connect("sam://" + args[2]);
        I2p there = I2p.connect("sam://" + args[3]);
        I2pSession site = there.open(TUNNELS);
        HttpProxy proxy = HttpProxy.open(
            here,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            ProxyOptions.builder().session(TUNNELS).build())) {
      Server server = new Server();
      server.addConnector(new I2pConnector(server, site));
      server.setHandler(new Site());
      server.start();
      site.awaitReachable(Duration.ofMinutes(4));
      URI page = URI.create("http://" + site.destination().base32().text() + "/");
      ProxyAgainstI2pd ours = new ProxyAgainstI2pd(proxy.localAddress(), page);
      ProxyAgainstI2pd other =
          new ProxyAgainstI2pd(new InetSocketAddress(args[1], I2PD_PORT), page);
      Pairs.compare(
          "requests through an HTTP proxy", "/s", REQUESTS, WARM_UP, rounds, ours::run, other::run);
      ours.printLatency("ours");
      other.printLatency("i2pd's");
      server.stop();
    }
  }

  private Cost run() throws IOException, InterruptedException {
    long cpu = cpuNanos();
    long start = System.nanoTime();
    for (int i = 0; i < REQUESTS; i++) {
      long from = System.nanoTime();
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200 || !answer.body().equals(PAGE)) {
        throw new IOException("status " + answer.statusCode() + ": " + answer.body());
      }
      micros.add((System.nanoTime() - from) / 1000);
    }
    return new Cost((System.nanoTime() - start) / 1e9, (cpuNanos() - cpu) / 1e9);
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private void printLatency(String whose) {
    List<Long> measured = new ArrayList<>(micros.subList(WARM_UP * REQUESTS, micros.size()));
    Collections.sort(measured);
    System.out.printf(
        Locale.ROOT,
        "%-34s p50 %.1f ms, p99 %.1f ms of %d requests%n",
        whose,
        measured.get(measured.size() / 2) / 1e3,
        measured.get(measured.size() * 99 / 100) / 1e3,
        measured.size());
  }
}
