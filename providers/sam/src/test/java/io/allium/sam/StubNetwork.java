package io.allium.sam;

import io.allium.DestinationKeys;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A bridge whose sessions reach each other: it hands each stream to an accept of its destination's session. */
final class StubNetwork implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;
  private static final String OK = "STREAM STATUS RESULT=OK\n";

  /** A session: its identifier and public keys, and its accepts. */
  private record Session(String id, String destination, BlockingQueue<StubConnection> armed) {}

  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final StubBridge bridge;

  StubNetwork() throws IOException {
    bridge = StubBridge.speaking("3.1")
        .on("SESSION CREATE", this::create)
        .on("STREAM ACCEPT", this::accept)
        .on("STREAM CONNECT", this::connect);
  }

  URI uri() {
    return bridge.uri(8);
  }

  private static String value(String line, String key) {
    return line.replaceFirst(".* " + key + "=(\\S+).*", "$1");
  }

  private void create(StubConnection connection, String line) throws IOException {
    String keys = value(line, "DESTINATION");
    String id = value(line, "ID");
    sessions.put(id, new Session(id, publicPart(keys), new LinkedBlockingQueue<>()));
    connection.send("SESSION STATUS RESULT=OK DESTINATION=" + keys + "\n");
  }

  private static String publicPart(String keys) throws IOException {
    try (var mine = DestinationKeys.parse(keys)) {
      return mine.destination().base64();
    }
  }

  private void accept(StubConnection connection, String line) throws IOException {
    connection.send(OK);
    Session session = sessions.get(value(line, "ID"));
    if (session != null) {
      session.armed.add(connection);
    }
    connection.pump();
  }

  private void connect(StubConnection connection, String line)
      throws IOException, InterruptedException {
    String to = value(line, "DESTINATION");
    String from = sessions.values().stream()
        .filter(session -> session.id.equals(value(line, "ID")))
        .findAny()
        .orElseThrow()
        .destination;
    for (Session session : sessions.values()) {
      if (session.destination.equals(to)) {
        StubConnection peer = session.armed.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (peer != null) {
          connection.send(OK);
          peer.send(from + "\n");
          peer.joinTo(connection);
          connection.joinTo(peer);
          connection.pump();
          return;
        }
      }
    }
    connection.send("STREAM STATUS RESULT=CANT_REACH_PEER\n");
    connection.close();
  }

  /** Fails where a program holds a connection that it has no use for. */
  void awaitAllClosed() {
    bridge.awaitAllClosed();
  }

  @Override
  public void close() {
    bridge.close();
  }
}
