package io.allium.cli;

import io.allium.Destination;
import io.allium.DestinationKeys;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** As much of a router with SAM 3.1 as two programs on one machine need to meet; it can stop in the middle of a transfer. */
final class LocalRouter implements AutoCloseable {
  private record Session(String destination, String address, LinkedBlockingQueue<Socket> accepts) {}

  private static final long PATIENCE_SECONDS = 10;

  /** Whoever looks for it meanwhile must find it gone: a router that was never away is given time before it is asked again. */
  private static final int KNOCKS = 3;

  private static final String OK = "STREAM STATUS RESULT=OK\n";

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private final AtomicInteger away = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong carried = new AtomicLong();
  private volatile long limit = Long.MAX_VALUE;
  private volatile CountDownLatch more = new CountDownLatch(0);

  LocalRouter() throws IOException {
    Thread.ofVirtual().start(this::listen);
  }

  String uri() {
    return "sam://127.0.0.1:" + server.getLocalPort();
  }

  /** Carries so many bytes of streams more, and no others until {@link #release}. */
  void stopAfter(long bytes) {
    more = new CountDownLatch(1);
    limit = carried.get() + bytes;
  }

  void release() {
    limit = Long.MAX_VALUE;
    more.countDown();
  }

  /** Bytes of streams, both ways. */
  long carried() {
    return carried.get();
  }

  /** Drops every connection, as a crash would, and the next ones too, until it is back. */
  void restart() throws IOException {
    away.set(KNOCKS);
    dropAll();
  }

  private void dropAll() throws IOException {
    sessions.clear();
    for (Socket socket : List.copyOf(open)) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    release();
    dropAll();
  }

  private void listen() {
    try {
      while (true) {
        Socket client = server.accept();
        if (away.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          client.close();
          continue;
        }
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // the test is over
    }
  }

  private void serve(Socket client) {
    try {
      String line = line(client.getInputStream());
      while (line != null && answer(client, line)) {
        line = line(client.getInputStream());
      }
    } catch (IOException | InterruptedException e) {
      close(client);
    }
  }

  /** Returns whether more commands follow on this connection. */
  private boolean answer(Socket client, String line) throws IOException, InterruptedException {
    if (line.startsWith("HELLO")) {
      say(client, "HELLO REPLY RESULT=OK VERSION=3.1\n");
    } else if (line.startsWith("NAMING LOOKUP")) {
      say(client, lookUp(value(line, "NAME")));
    } else if (line.startsWith("SESSION CREATE")) {
      keep(client, value(line, "ID"), value(line, "DESTINATION"));
      return false;
    } else if (line.startsWith("STREAM ACCEPT")) {
      accept(client, value(line, "ID"));
      return false;
    } else if (line.startsWith("STREAM CONNECT")) {
      connect(client, value(line, "ID"), value(line, "DESTINATION"));
      return false;
    } else {
      close(client);
      return false;
    }
    return true;
  }

  private String lookUp(String name) throws InterruptedException {
    Session found = find(session -> session.address.equals(name));
    return found == null
        ? "NAMING REPLY RESULT=KEY_NOT_FOUND NAME=" + name + "\n"
        : "NAMING REPLY RESULT=OK NAME=" + name + " VALUE=" + found.destination + "\n";
  }

  /** As a router does, it looks for a while: who is not online yet may come. */
  private @Nullable Session find(Predicate<Session> wanted) throws InterruptedException {
    long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    lock.lock();
    try {
      while (true) {
        Optional<Session> found = sessions.values().stream().filter(wanted).findAny();
        if (found.isPresent() || left <= 0) {
          return found.orElse(null);
        }
        left = opened.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A session lives as long as this connection. */
  private void keep(Socket client, String id, String keys) throws IOException {
    try (DestinationKeys own = DestinationKeys.parse(keys)) {
      Destination destination = own.destination();
      enter(
          id,
          new Session(
              destination.base64(), destination.base32().text(), new LinkedBlockingQueue<>()));
    }
    say(client, "SESSION STATUS RESULT=OK DESTINATION=" + keys + "\n");
    try {
      while (line(client.getInputStream()) != null) {}
    } catch (IOException e) {
      // as good as its end
    }
    sessions.remove(id);
    close(client);
  }

  private void enter(String id, Session session) {
    lock.lock();
    try {
      sessions.put(id, session);
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept(Socket client, String id) throws IOException {
    Session session = sessions.get(id);
    say(client, session == null ? "STREAM STATUS RESULT=INVALID_ID\n" : OK);
    if (session == null) {
      close(client);
    } else {
      session.accepts.add(client);
    }
  }

  private void connect(Socket client, String id, String to)
      throws IOException, InterruptedException {
    Session from = sessions.get(id);
    Session peer = find(session -> session.destination.equals(to));
    Socket accepted = peer == null ? null : peer.accepts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (from == null || accepted == null) {
      say(
          client,
          "STREAM STATUS RESULT=" + (from == null ? "INVALID_ID" : "CANT_REACH_PEER") + "\n");
      close(client);
      return;
    }
    say(client, OK);
    say(accepted, from.destination + "\n");
    Thread.ofVirtual().start(() -> carry(accepted, client));
    carry(client, accepted);
  }

  private void carry(Socket from, Socket to) {
    byte[] some = new byte[65536];
    try {
      InputStream in = from.getInputStream();
      for (int count = in.read(some); count >= 0; count = in.read(some)) {
        if (carried.addAndGet(count) > limit) {
          more.await();
        }
        to.getOutputStream().write(some, 0, count);
      }
    } catch (IOException | InterruptedException e) {
      // as good as its end
    }
    close(from);
    close(to);
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toString();
      }
      line.append((char) next);
    }
    return null;
  }

  private static String value(String line, String key) {
    return line.replaceFirst(".* " + key + "=(\\S+).*", "$1");
  }
}
