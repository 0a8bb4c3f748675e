package io.allium.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A router with SAM 3.1 that opens every session, and whose peers say what they are told to say. */
final class MiniBridge implements AutoCloseable {
  private final ServerSocket server = new ServerSocket();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connects = new AtomicInteger();

  MiniBridge(int port) throws IOException {
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
    Thread.ofVirtual().start(this::accept);
  }

  String uri() {
    return "sam://127.0.0.1:" + server.getLocalPort();
  }

  /** What the peer of the next stream says before it ends it. */
  MiniBridge answer(String text) {
    answers.add(text);
    return this;
  }

  int connects() {
    return connects.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        clients.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // the test is over
    }
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader in = new BufferedReader(
          new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("STREAM CONNECT")) {
          connects.incrementAndGet();
          send(client, "STREAM STATUS RESULT=OK\n");
          String request = in.readLine();
          send(client, request == null ? "" : answers.remove());
          return;
        }
        send(
            client,
            line.startsWith("HELLO")
                ? "HELLO REPLY RESULT=OK VERSION=3.1\n"
                : "SESSION STATUS RESULT=OK DESTINATION=x\n");
      }
    } catch (IOException e) {
      // the client is gone
    }
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}
