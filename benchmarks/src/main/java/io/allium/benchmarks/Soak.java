package io.allium.benchmarks;

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
import io.allium.SendOptions;
import io.allium.SessionConfig;
import io.allium.SessionStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lives on two real routers that are killed in turn every two minutes: ping-pong and repliable datagrams between two
 * programs' worth of sessions. Writes a line of figures every ten seconds; fails when a session is not back in the end.
 * Arguments: minutes, the file of the figures, the folder of the network, its script, the two SAM bridges.
 */
public final class Soak {
  private static final Duration KILL_EVERY = Duration.ofMinutes(2);
  private static final Duration AWAY = Duration.ofSeconds(2);
  private static final Duration SAMPLE_EVERY = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration BACK = Duration.ofSeconds(60);
  private static final Duration PACE = Duration.ofMillis(20);
  private static final int ROUNDS = 100;
  private static final byte[] PING = "PING".getBytes(StandardCharsets.US_ASCII);
  private static final SendOptions PLAIN = SendOptions.defaults();

  private final AtomicLong pings = new AtomicLong();
  private final AtomicLong failedStreams = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private volatile boolean over;

  private Soak() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Routers routers = new Routers(Path.of(args[3]), Path.of(args[2]));
    try (I2p here = I2p.connect("sam://" + args[4]);
        I2p there = I2p.connect("sam://" + args[5])) {
      new Soak().run(here, there, routers, Integer.parseInt(args[0]), Path.of(args[1]));
    }
  }

  private void run(I2p here, I2p there, Routers routers, int minutes, Path figures)
      throws Exception {
    SessionConfig streams =
        SessionConfig.builder().tunnelLength(0, 0).tunnelQuantity(5, 5).build();
    SessionConfig datagrams = streams.toBuilder().protocols(Protocol.DATAGRAM).build();
    try (I2pSession server = there.open(streams);
        I2pAcceptor acceptor = server.listen(0);
        I2pSession client = here.open(streams);
        I2pSession answerer = there.open(datagrams);
        DatagramPort answering = answerer.datagrams(DatagramOptions.of(Protocol.DATAGRAM, 0));
        I2pSession asker = here.open(datagrams);
        DatagramPort asking = asker.datagrams(DatagramOptions.of(Protocol.DATAGRAM, 0));
        PrintStream out = new PrintStream(Files.newOutputStream(figures))) {
      List<I2pSession> sessions = List.of(server, client, answerer, asker);
      start("serve", () -> acceptor.serve(Soak::echo));
      start("ping", () -> pingForever(client, server));
      start("answer", () -> answerForever(answering));
      start("ask", () -> askForever(asking, I2pAddress.of(answerer.destination(), 0)));
      start("hear", () -> hearForever(asking));
      List<Long> recoveries = new ArrayList<>();
      out.println("seconds,rounds,broken streams,datagrams,answered,recovered," + Sample.HEAD);
      long start = System.nanoTime();
      long nextKill = start + KILL_EVERY.toNanos();
      int victim = 0;
      while (System.nanoTime() - start < Duration.ofMinutes(minutes).toNanos()) {
        Thread.sleep(SAMPLE_EVERY);
        if (System.nanoTime() > nextKill) {
          recoveries.add(kill(routers, victim, victim == 0 ? client : server));
          victim = 1 - victim;
          nextKill += KILL_EVERY.toNanos();
        }
        routers.restartTheDead();
        out.println(sample(start, sessions));
        out.flush();
      }
      awaitAll(sessions);
      over = true;
      report(sessions, recoveries, routers);
    }
  }

  /** How long after the router answered again the session was back, in milliseconds. */
  private static long kill(Routers routers, int victim, I2pSession session) throws Exception {
    long before = session.status().recovered();
    routers.kill(victim);
    Thread.sleep(AWAY);
    routers.restart(victim);
    long up = System.nanoTime();
    while (session.status().recovered() == before && System.nanoTime() - up < BACK.toNanos()) {
      Thread.sleep(Duration.ofMillis(5));
    }
    return Duration.ofNanos(System.nanoTime() - up).toMillis();
  }

  private static void echo(I2pStream stream) throws IOException {
    stream.readTimeout(ANSWER);
    stream.input().transferTo(stream.output());
  }

  private void pingForever(I2pSession client, I2pSession server) throws Exception {
    while (!over) {
      try (I2pStream stream = client.connect(server.destination())) {
        stream.readTimeout(ANSWER);
        for (int i = 0; i < ROUNDS; i++) {
          stream.output().write(PING);
          if (stream.input().readNBytes(PING.length).length < PING.length) {
            throw new IOException("the stream ended");
          }
          pings.incrementAndGet();
          Thread.sleep(PACE);
        }
      } catch (IOException e) {
        failedStreams.incrementAndGet();
        Thread.sleep(Duration.ofSeconds(1));
      }
    }
  }

  private void answerForever(DatagramPort port) throws Exception {
    while (!over) {
      try {
        if (port.receive(ANSWER) instanceof I2pDatagram.Authenticated question) {
          port.send(I2pAddress.of(question.from(), 0), question.payload(), PLAIN);
        }
      } catch (I2pException e) {
        Thread.sleep(PACE);
      }
    }
  }

  private void askForever(DatagramPort port, I2pAddress to) throws Exception {
    while (!over) {
      try {
        port.send(to, new byte[100], PLAIN);
        sent.incrementAndGet();
      } catch (I2pException e) {
        Thread.sleep(Duration.ofSeconds(1));
      }
      Thread.sleep(PACE);
    }
  }

  private void hearForever(DatagramPort port) throws Exception {
    while (!over) {
      try {
        port.receive(ANSWER);
        answered.incrementAndGet();
      } catch (I2pException e) {
        Thread.sleep(PACE);
      }
    }
  }

  private String sample(long start, List<I2pSession> sessions) {
    return Duration.ofNanos(System.nanoTime() - start).toSeconds() + "," + pings + ","
        + failedStreams + "," + sent + "," + answered + ","
        + sessions.stream().mapToLong(session -> session.status().recovered()).sum() + ","
        + Sample.take();
  }

  private static void awaitAll(List<I2pSession> sessions) throws InterruptedException {
    long end = System.nanoTime() + BACK.toNanos();
    while (System.nanoTime() < end && !sessions.stream().allMatch(Soak::isOnline)) {
      Thread.sleep(SAMPLE_EVERY.dividedBy(10));
    }
  }

  private static boolean isOnline(I2pSession session) {
    return session.status().state() == SessionStatus.State.ONLINE;
  }

  private void report(List<I2pSession> sessions, List<Long> recoveries, Routers routers) {
    List<Long> sorted = recoveries.stream().sorted().toList();
    System.out.println(
        "routers killed: " + recoveries.size() + ", died by themselves: " + routers.foundDead());
    System.out.println("back after the router answered, ms: " + sorted);
    sessions.forEach(session -> System.out.println(session + " " + session.status()));
    System.out.println("rounds " + pings + ", broken streams " + failedStreams + ", datagrams "
        + sent + ", answered " + answered);
    long lost = sessions.stream().filter(session -> !isOnline(session)).count();
    System.out.println("sessions that did not come back: " + lost);
    if (lost > 0) {
      throw new IllegalStateException("a session was lost for good");
    }
  }

  private interface Body {
    void run() throws Exception;
  }

  private void start(String name, Body body) {
    Thread.ofVirtual().name(name).start(() -> {
      try {
        body.run();
      } catch (Exception e) {
        if (!over) {
          System.out.println(name + " ended: " + e);
        }
      }
    });
  }
}
