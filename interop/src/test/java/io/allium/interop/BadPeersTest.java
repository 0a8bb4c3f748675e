package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.allium.Hostname;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.ListenOptions;
import io.allium.ServeOptions;
import io.allium.StreamHandler;
import io.allium.guard.ResolverGuard;
import io.allium.httpclient5.I2pHttpClient;
import io.allium.memory.MemoryNetwork;
import io.allium.okhttp.I2pOkHttp;
import io.allium.sockets.I2pSocketFactory;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where a program is told to go, or what a peer does; the exception that each client throws then, and the kind of the
 * {@link I2pException} behind it. Afterwards the process has as many descriptors and threads as before.
 */
class BadPeersTest {
  private static final String CLIENTS = "what Socket, OkHttp and Apache's client say";

  private static final String GOOD = "http://good.i2p/";
  private static final String BAD = "http://bad.i2p/";

  /** Of a connect. */
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private static final byte[] WHOLE =
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello".getBytes();
  private static final byte[] HALF = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe".getBytes();

  @TempDir
  Path folder;

  private final MemoryNetwork network = MemoryNetwork.builder().manualClock().build();
  private I2p i2p;
  private I2pSession good;
  private I2pSession bad;
  private I2pSession client;
  private OkHttpClient ok;
  private CloseableHttpClient apache;

  @SuppressWarnings("NullAway.Init") // open() sets all before any test
  BadPeersTest() {}

  /** What happens while a client waits. */
  private interface Meanwhile {
    void run(FutureTask<?> fetching) throws InterruptedException;
  }

  private interface Fetch {
    void fetch(String url) throws Exception;
  }

  @BeforeEach
  void open() throws Exception {
    i2p = I2p.connect(network.router("laptop"));
    good = i2p.open();
    bad = i2p.open();
    client = i2p.open();
    network.addName(Hostname.parse("good.i2p"), good.destination());
    network.addName(Hostname.parse("bad.i2p"), bad.destination());
    serve(good, stream -> stream.output().write(WHOLE));
    ok = I2pOkHttp.over(new OkHttpClient.Builder(), client)
        .retryOnConnectionFailure(false)
        .connectTimeout(LIMIT)
        .build();
    apache = I2pHttpClient.over(client).disableAutomaticRetries().build();
    for (Fetch each : clients()) {
      each.fetch(GOOD); // what a first use starts is there from now on
    }
    release();
  }

  @AfterEach
  void close() throws IOException {
    apache.close();
    i2p.close(Duration.ZERO);
    network.close();
    assertThat(ResolverGuard.refused()).isEmpty();
  }

  private static void serve(I2pSession session, StreamHandler answer) throws I2pException {
    I2pAcceptor acceptor = session.listen(0);
    Thread.ofVirtual().name("site").start(() -> {
      try {
        acceptor.serve(
            stream -> {
              while (stream.input().read() != '\n') {
                // the first line of the request
              }
              answer.handle(stream);
            },
            ServeOptions.builder().readTimeout(Duration.ZERO).build()); // the client gives up first
      } catch (I2pException e) {
        // the session is closed
      }
    });
  }

  private Fetch[] clients() {
    return new Fetch[] {this::bySocket, this::byOkHttp, this::byApache};
  }

  private void bySocket(String url) throws Exception {
    String[] parts = url.split("://|(?<=[^:]):(?=[0-9]*/$)|/$");
    int port = parts.length == 3 ? Integer.parseInt(parts[2]) : 80;
    try (Socket socket = new I2pSocketFactory(client).createSocket()) {
      socket.connect(InetSocketAddress.createUnresolved(parts[1], port), (int) LIMIT.toMillis());
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes());
      if (socket.getInputStream().readNBytes(WHOLE.length).length < WHOLE.length) {
        throw new EOFException();
      }
    }
  }

  private void byOkHttp(String url) throws Exception {
    okhttp3.Request request = new okhttp3.Request.Builder().url(url).build();
    try (okhttp3.Response response = ok.newCall(request).execute()) {
      assertThat(response.body().string()).isEqualTo("hello");
    }
  }

  @SuppressWarnings("deprecation") // no other way to say it for one request
  private void byApache(String url) throws Exception {
    HttpGet request = new HttpGet(url);
    request.setConfig(
        RequestConfig.custom().setConnectTimeout(Timeout.of(LIMIT)).build());
    String body = apache.execute(request, response -> EntityUtils.toString(response.getEntity()));
    assertThat(body).isEqualTo("hello");
  }

  /** The simple name of the exception, and the kind of I2P's error behind it if there is one. */
  private static String told(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof I2pException)) {
      cause = cause.getCause();
    }
    String name = failure == null ? "nothing" : failure.getClass().getSimpleName();
    return cause instanceof I2pException ours ? name + " " + ours.kind() : name;
  }

  private String fetch(Fetch fetch, String url, Meanwhile meanwhile) throws Exception {
    FutureTask<Throwable> task = new FutureTask<>(() -> catchThrowable(() -> fetch.fetch(url)));
    Thread.ofVirtual().name("client").start(task);
    meanwhile.run(task);
    return told(task.get());
  }

  /** Twice: what a JVM and a library keep from the first time is no leak. */
  private void assertTold(String url, Meanwhile meanwhile, String... expected) throws Exception {
    assertThat(told(url, meanwhile)).as(CLIENTS).containsExactly(expected);
    Held before = held();
    assertThat(told(url, meanwhile)).as(CLIENTS).containsExactly(expected);
    while (held().isMoreThan(before)) {
      Thread.yield();
    }
  }

  private List<String> told(String url, Meanwhile meanwhile) throws Exception {
    List<String> told = new ArrayList<>();
    for (Fetch each : clients()) {
      told.add(fetch(each, url, meanwhile));
      release();
    }
    return told;
  }

  private void release() {
    ok.connectionPool().evictAll();
    while (client.status().openStreams() + good.status().openStreams() > 0) {
      Thread.onSpinWait();
    }
  }

  private record Held(long threads, long descriptors) {
    boolean isMoreThan(Held before) {
      return threads > before.threads || descriptors > before.descriptors;
    }
  }

  /** Descriptors of this process, and its threads that this test or Allium started. */
  private Held held() throws IOException {
    Path dump = folder.resolve("threads.json");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
    try (Stream<String> lines = Files.lines(dump)) {
      long threads = lines
          .filter(line -> line.contains("\"name\"") && line.matches(".*\"(allium-.*|client)\".*"))
          .count();
      return new Held(
          threads,
          ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
              .getOpenFileDescriptorCount());
    } finally {
      Files.delete(dump);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      http://example.com/        | UnknownHostException NAME_INVALID   | UnknownHostException NAME_INVALID   | UnknownHostException NAME_INVALID
      http://localhost/          | UnknownHostException NAME_INVALID   | UnknownHostException NAME_INVALID   | UnknownHostException NAME_INVALID
      http://nobody.i2p/         | UnknownHostException NAME_NOT_FOUND | UnknownHostException NAME_NOT_FOUND | UnknownHostException NAME_NOT_FOUND
      http://127.0.0.1/          | UnknownHostException NAME_INVALID   | SocketException NAME_INVALID        | UnknownHostException NAME_INVALID
      http://127.0.0.1./         | UnknownHostException NAME_INVALID   | UnknownHostException                | UnknownHostException NAME_INVALID
      http://127.1/              | UnknownHostException NAME_INVALID   | SocketException NAME_INVALID        | UnknownHostException NAME_INVALID
      http://2130706433/         | UnknownHostException NAME_INVALID   | SocketException NAME_INVALID        | UnknownHostException NAME_INVALID
      http://0x7f000001/         | UnknownHostException NAME_INVALID   | UnknownHostException NAME_INVALID   | UnknownHostException NAME_INVALID
      http://0177.0.0.1/         | UnknownHostException NAME_INVALID   | SocketException NAME_INVALID        | UnknownHostException NAME_INVALID
      http://[::1]/              | UnknownHostException NAME_INVALID   | SocketException NAME_INVALID        | UnknownHostException NAME_INVALID
      http://[::ffff:127.0.0.1]/ | UnknownHostException NAME_INVALID   | SocketException NAME_INVALID        | UnknownHostException NAME_INVALID
      http://good.i2p:65536/     | IllegalArgumentException            | IllegalArgumentException            | IllegalArgumentException
      http://bad.i2p/            | ConnectException PEER_REFUSED       | ConnectException PEER_REFUSED       | HttpHostConnectException
      """)
  void whereNobodyIs(String url, String socket, String okHttp, String apacheClient)
      throws Exception {
    assertTold(url, fetching -> {}, socket, okHttp, apacheClient);
  }

  @Test
  void aPeerThatNeverAnswers() throws Exception {
    I2pAcceptor unused = bad.listen(ListenOptions.builder().answerOnAccept(true).build());
    Meanwhile theLimitPasses = fetching -> {
      while (bad.status().waiting() == 0) {
        Thread.onSpinWait();
      }
      network.advance(LIMIT);
      while (bad.status().waiting() > 0) { // an offer is taken back after 5 s
        network.advance(LIMIT);
        Thread.onSpinWait();
      }
    };
    assertTold(
        BAD,
        theLimitPasses,
        "SocketTimeoutException TIMEOUT",
        "SocketTimeoutException TIMEOUT",
        "ConnectTimeoutException");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      is silent | SocketTimeoutException TIMEOUT | SocketTimeoutException TIMEOUT | SocketTimeoutException TIMEOUT
      closes    | EOFException                   | ProtocolException              | ConnectionClosedException
      resets    | SocketException PEER_RESET     | SocketException PEER_RESET     | SocketException PEER_RESET
      """)
  void aPeerThatSendsHalfAnAnswerAnd(
      String stops, String socket, String okHttp, String apacheClient) throws Exception {
    Semaphore sent = new Semaphore(0);
    serve(bad, stream -> {
      stream.output().write(HALF);
      sent.release();
      switch (stops) {
        case "closes" -> stream.close();
        case "resets" -> stream.cancel();
        default -> stream.input().transferTo(OutputStream.nullOutputStream());
      }
    });
    Meanwhile timePasses = fetching -> {
      sent.acquire();
      while (stops.equals("is silent") && !fetching.isDone()) {
        network.advance(Duration.ofSeconds(1));
        Thread.onSpinWait();
      }
    };
    assertTold(BAD, timePasses, socket, okHttp, apacheClient);
  }

  @Test
  void aSessionThatIsClosed() throws Exception {
    client.close(Duration.ZERO);
    String told = "SocketException CLOSED";
    assertTold(GOOD, fetching -> {}, told, told, told);
  }

  /** Whatever name comes with it. */
  @Test
  void anAddressThatWasResolved() throws Exception {
    InetAddress elsewhere = InetAddress.getByAddress("good.i2p", new byte[] {127, 0, 0, 1});
    Held before = held();
    try (Socket socket = new I2pSocketFactory(client).createSocket()) {
      assertThat(told(catchThrowable(() -> socket.connect(new InetSocketAddress(elsewhere, 80)))))
          .isEqualTo("SocketException NAME_INVALID");
    }
    while (held().isMoreThan(before)) {
      Thread.yield();
    }
  }
}
