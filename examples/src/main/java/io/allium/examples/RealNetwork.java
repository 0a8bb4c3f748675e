package io.allium.examples;

import io.allium.Capability;
import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Protocol;
import io.allium.RouterStatus;
import io.allium.SessionConfig;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;

/** Does what programs do, and tells how long each step took: for a report from a network that nobody has tried. No address is printed. */
public final class RealNetwork {
  /** The site of the I2P project. */
  static final String SITE = "udhdrtrcetjm5sxzskjyr5ztpeszydbh4dpl3pl4utgqqw2v4jna.b32.i2p";

  private static final String USAGE = """
      usage: RealNetwork ROUTER [OTHER] [SITE]
        ROUTER  such as sam://127.0.0.1:7656
        OTHER   a second router, which may be the same; default ROUTER
        SITE    whose page is fetched; default the site of the I2P project""";

  private static final Duration PUBLISHED = Duration.ofMinutes(10);
  private static final Duration SILENCE = Duration.ofMinutes(1);
  private static final int ROUNDS = 20;
  private static final int CONNECTS = 10;
  private static final int QUESTIONS = 30;
  private static final int LENGTH = 1_000_000;
  private static final byte[] PING = "PING".getBytes();
  private static final byte[] PONG = "PONG".getBytes();

  /** One line of the report. */
  private interface Step {
    String run() throws IOException;
  }

  private boolean failed;

  private RealNetwork() {}

  /**
   * Runs the program. It ends with 1 if a step failed.
   *
   * @param args the routers' URIs and a site
   * @throws IOException if no router answers
   */
  public static void main(String... args) throws IOException {
    if (args.length < 1 || args.length > 3) {
      System.err.println(USAGE);
      System.exit(64);
    }
    RealNetwork report = new RealNetwork();
    try (I2p here = I2p.connect(args[0]);
        I2p there = I2p.connect(args.length > 1 ? args[1] : args[0])) {
      report.programs(here);
      report.streams(here, there);
      report.datagrams(here, there);
      report.site(here, args.length > 2 ? args[2] : SITE);
    }
    if (report.failed) {
      System.exit(1);
    }
  }

  private void programs(I2p i2p) throws IOException {
    System.out.println("java     " + System.getProperty("java.version") + ", "
        + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    RouterStatus status = i2p.status();
    System.out.println("router   " + status.version() + " " + status.details());
    System.out.println("can do   " + new TreeSet<>(i2p.capabilities()));
  }

  private void streams(I2p here, I2p there) {
    step("streams", () -> {
      long start = System.nanoTime();
      try (I2pSession server = here.open();
          I2pSession client = there.open();
          I2pAcceptor acceptor = server.listen(0)) {
        String opened = "both sessions open after " + since(start);
        step("reach", () -> server.awaitReachable(PUBLISHED).name());
        Thread.startVirtualThread(() -> serve(acceptor));
        String address = server.destination().base32().text();
        step("rounds", () -> rounds(client, address));
        step("connects", () -> connects(client, address));
        step("upload", () -> upload(client, address));
        return opened;
      }
    });
  }

  private static void serve(I2pAcceptor acceptor) {
    try {
      acceptor.serve(stream -> {
        byte[] question = stream.input().readNBytes(PING.length);
        while (question.length == PING.length) {
          if (!Arrays.equals(question, PING)) {
            stream.input().skipNBytes(LENGTH - question.length);
          }
          stream.output().write(PONG);
          question = stream.input().readNBytes(PING.length);
        }
      });
    } catch (I2pException e) {
      System.out.println("the server ended: " + e.getMessage());
    }
  }

  private static String rounds(I2pSession client, String address) throws IOException {
    try (I2pStream stream = client.connect(address)) {
      double[] millis = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        millis[i] = round(stream);
      }
      double first = millis[0];
      Arrays.sort(millis);
      return String.format(
          Locale.ROOT,
          "%d on one stream, first %.0f ms, median %.0f ms, slowest %.0f ms",
          ROUNDS,
          first,
          millis[ROUNDS / 2],
          millis[ROUNDS - 1]);
    }
  }

  private static double round(I2pStream stream) throws IOException {
    long start = System.nanoTime();
    stream.readTimeout(SILENCE);
    stream.output().write(PING);
    answer(stream);
    return (System.nanoTime() - start) / 1e6;
  }

  private static void answer(I2pStream stream) throws IOException {
    if (!Arrays.equals(stream.input().readNBytes(PONG.length), PONG)) {
      throw new EOFException("the stream ended without an answer");
    }
  }

  private static String connects(I2pSession client, String address) {
    int answered = 0;
    String last = "";
    long start = System.nanoTime();
    for (int i = 0; i < CONNECTS; i++) {
      try (I2pStream stream = client.connect(address)) {
        round(stream);
        answered++;
      } catch (IOException e) {
        last = ", the last failure: " + e.getMessage();
      }
    }
    return answered + " of " + CONNECTS + " answered in " + since(start) + last;
  }

  private static String upload(I2pSession client, String address) throws IOException {
    try (I2pStream stream = client.connect(address)) {
      long start = System.nanoTime();
      stream.readTimeout(SILENCE.multipliedBy(5));
      stream.output().write(new byte[LENGTH]);
      answer(stream);
      double seconds = (System.nanoTime() - start) / 1e9;
      return String.format(
          Locale.ROOT, "1 MB in %.1f s, %.0f kB/s", seconds, LENGTH / 1e3 / seconds);
    }
  }

  private void datagrams(I2p here, I2p there) {
    if (!here.capabilities().contains(Capability.DATAGRAM)) {
      System.out.println("datagrams  this router has none");
      return;
    }
    SessionConfig config = SessionConfig.builder().protocols(Protocol.DATAGRAM).build();
    DatagramOptions options = DatagramOptions.of(Protocol.DATAGRAM, 0);
    step("datagrams", () -> {
      try (I2pSession server = here.open(config);
          I2pSession client = there.open(config);
          DatagramPort answering = server.datagrams(options);
          DatagramPort asking = client.datagrams(options)) {
        step("reach", () -> server.awaitReachable(PUBLISHED).name());
        Thread.startVirtualThread(() -> answer(answering));
        return ask(asking, I2pAddress.of(server.destination(), 0));
      }
    });
  }

  private static void answer(DatagramPort port) {
    try {
      while (true) {
        if (port.receive() instanceof I2pDatagram.Authenticated ping) {
          port.send(I2pAddress.of(ping.from(), ping.fromPort()), ping.payload());
        }
      }
    } catch (I2pException e) {
      // the step is over
    }
  }

  private static String ask(DatagramPort port, I2pAddress server) throws IOException {
    int answered = 0;
    String first = "";
    long start = System.nanoTime();
    for (int i = 0; i < QUESTIONS; i++) {
      port.send(server, new byte[] {(byte) i});
      try {
        port.receive(Duration.ofSeconds(2));
        first = answered == 0 ? ", the first after " + since(start) : first;
        answered++;
      } catch (I2pException e) {
        if (!e.kind().retryable()) {
          throw e;
        }
      }
    }
    return answered + " answers to " + QUESTIONS + " questions" + first;
  }

  private void site(I2p i2p, String host) {
    step("site", () -> {
      try (I2pSession session = i2p.open();
          I2pStream stream = session.connect(host)) {
        stream.readTimeout(SILENCE);
        stream.output().write(("GET /en/ HTTP/1.0\r\nHost: " + host + "\r\n\r\n").getBytes());
        String status = new String(stream.input().readNBytes(12)).replaceAll("[^ -~]", "?");
        if (!status.startsWith("HTTP/1.")) {
          throw new EOFException("no HTTP came");
        }
        long bytes = status.length() + stream.input().transferTo(OutputStream.nullOutputStream());
        return status + ", " + bytes + " bytes";
      }
    });
  }

  private void step(String name, Step step) {
    long start = System.nanoTime();
    try {
      String result = step.run();
      System.out.println(name + "  " + result + ", " + since(start) + " in all");
    } catch (I2pException e) {
      failed = true;
      System.out.println(
          name + "  FAILED after " + since(start) + ": " + e.kind() + ", " + e.getMessage());
    } catch (IOException e) {
      failed = true;
      System.out.println(name + "  FAILED after " + since(start) + ": " + e.getMessage());
    }
  }

  private static String since(long start) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
  }
}
