package io.allium.benchmarks;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.ServeOptions;
import io.allium.jetty.I2pConnector;
import io.allium.memory.MemoryNetwork;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** What connections of a Jetty server cost that had one request and are kept; both ends are in this process. */
public final class IdleConnections {
  private static final int WARM_UP = 200;
  private static final byte[] REQUEST =
      "GET / HTTP/1.1\r\nHost: site.i2p\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final class Hello extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Content.Sink.write(response, true, "hello", callback);
      return true;
    }
  }

  private IdleConnections() {}

  /**
   * Opens the connections and measures.
   *
   * @param args how many
   * @throws Exception if it fails
   */
  public static void main(String... args) throws Exception {
    int count = Integer.parseInt(args[0]);
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(network.uri());
        I2pSession site = i2p.open();
        I2pSession client = i2p.open()) {
      Server server = new Server(new VirtualThreadPool());
      int all = count + WARM_UP;
      ServeOptions options = ServeOptions.builder().maxStreams(all, all).build();
      server.addConnector(new I2pConnector(server, site, 0, options));
      server.setHandler(new Hello());
      server.start();
      open(client, site, WARM_UP).forEach(I2pStream::close);
      int platform = ManagementFactory.getThreadMXBean().getThreadCount();
      long virtual = virtualThreads();
      long heap = heap();
      List<I2pStream> streams = open(client, site, count);
      System.out.printf(
          Locale.ROOT,
          "%d idle connections: %.2f virtual threads and %.2f KB of heap each (both ends), %+d platform"
              + " threads in all%n",
          count,
          (virtualThreads() - virtual) / (double) count,
          (heap() - heap) / 1024.0 / count,
          ManagementFactory.getThreadMXBean().getThreadCount() - platform);
      streams.forEach(I2pStream::close);
      server.stop();
    }
  }

  private static List<I2pStream> open(I2pSession client, I2pSession site, int count)
      throws IOException {
    List<I2pStream> streams = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      I2pStream stream = client.connect(site.destination());
      stream.output().write(REQUEST);
      StringBuilder answer = new StringBuilder();
      while (answer.indexOf("hello") < 0) {
        answer.append((char) stream.input().read());
      }
      streams.add(stream);
    }
    return streams;
  }

  private static long virtualThreads() throws IOException {
    Path folder = Files.createTempDirectory("threads");
    Path dump = folder.resolve("threads.json");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
    try (Stream<String> lines = Files.lines(dump)) {
      return lines.filter(line -> line.contains("\"allium-serve-")).count();
    } finally {
      Files.delete(dump);
      Files.delete(folder);
    }
  }

  private static long heap() {
    long heap = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      heap = Math.min(
          heap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return heap;
  }
}
