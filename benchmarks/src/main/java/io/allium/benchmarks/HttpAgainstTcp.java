package io.allium.benchmarks;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.ServeOptions;
import io.allium.jetty.I2pConnector;
import io.allium.memory.MemoryNetwork;
import io.allium.okhttp.I2pOkHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** OkHttp fetches from one Jetty server, whose answers are the same over {@code memory:} and over loopback TCP. */
public final class HttpAgainstTcp {
  private static final int REQUESTS = 16_000;
  private static final int PAGE = 1_000;

  private static final class Hello extends Handler.Abstract {
    private final String page = "x".repeat(PAGE);

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Content.Sink.write(response, true, page, callback);
      return true;
    }
  }

  private HttpAgainstTcp() {}

  /**
   * Runs the comparison.
   *
   * @param args the number of pairs
   * @throws Exception if it fails
   */
  public static void main(String... args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(network.uri());
        I2pSession site = i2p.open();
        I2pSession session = i2p.open()) {
      HttpConnectionFactory http = new HttpConnectionFactory(I2pConnector.httpConfiguration(site));
      Server server = new Server(new VirtualThreadPool());
      ServerConnector tcp = new ServerConnector(server, http);
      tcp.setHost(InetAddress.getLoopbackAddress().getHostAddress());
      server.addConnector(tcp);
      server.addConnector(new I2pConnector(server, site, 0, ServeOptions.defaults(), http));
      server.setHandler(new Hello());
      server.start();
      String here = "http://" + tcp.getHost() + ":" + tcp.getLocalPort() + "/";
      String there = "http://" + site.destination().base32().text() + "/";
      for (int threads : new int[] {1, 8}) {
        OkHttpClient plain = builder(threads).build();
        OkHttpClient ours = I2pOkHttp.over(builder(threads), session).build();
        Pairs.compare(
            "OkHttp and Jetty, " + threads + " at once",
            "/s",
            REQUESTS,
            rounds,
            () -> Cost.of(() -> fetch(ours, there, threads)),
            () -> Cost.of(() -> fetch(plain, here, threads)));
      }
      server.stop();
    }
  }

  /** Every thread keeps its connection. */
  private static OkHttpClient.Builder builder(int threads) {
    return new OkHttpClient.Builder()
        .connectionPool(new ConnectionPool(threads, 1, TimeUnit.MINUTES));
  }

  private static void fetch(OkHttpClient client, String url, int threads) throws Exception {
    List<FutureTask<Cost>> tasks = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      FutureTask<Cost> task = new FutureTask<>(() -> Cost.of(() -> {
        for (int n = 0; n < REQUESTS / threads; n++) {
          fetch(client, url);
        }
      }));
      Thread.ofVirtual().start(task);
      tasks.add(task);
    }
    for (FutureTask<Cost> task : tasks) {
      task.get();
    }
  }

  private static void fetch(OkHttpClient client, String url) throws IOException {
    okhttp3.Request request = new okhttp3.Request.Builder().url(url).build();
    try (okhttp3.Response response = client.newCall(request).execute()) {
      if (response.body().bytes().length != PAGE) {
        throw new IOException("another page came");
      }
    }
  }
}
