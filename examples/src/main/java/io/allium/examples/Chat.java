package io.allium.examples;

import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pName;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.SessionStatus;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Friends talk without a server: each calls the others, and speaks on the streams it opened. What comes back on such a
 * stream is a sign of life. I2P proves who calls: strangers are not listened to.
 */
public final class Chat {
  private static final String USAGE = """
      usage: Chat ROUTER KEYS NAME=ADDRESS...
        ROUTER        such as sam://127.0.0.1:7656
        KEYS          the file with your identity; made when absent
        NAME=ADDRESS  what you call a friend, and the address that the friend's program shows
      Each line you type goes to all friends who are online; an empty one shows who is.""";

  private static final Duration BEAT = Duration.ofSeconds(20);
  private static final Duration SILENCE = BEAT.multipliedBy(3);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final int MAX_LINE = 1000;

  /** {@code calls}: whoever calls us can be called. */
  private record Friend(String name, I2pName address, Semaphore calls) {
    static Friend parse(I2p i2p, String text) throws IOException {
      String[] parts = text.split("=", 2);
      I2pName name = I2pName.parse(parts[1]);
      boolean known = name.hash().isPresent(); // of a host name only the router knows who it is
      return new Friend(parts[0], known ? name : i2p.resolve(name).destination(), new Semaphore(0));
    }

    void awaitCall(Duration limit) {
      try {
        boolean unused = calls.tryAcquire(limit.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private final I2pSession session;
  private final List<Friend> friends;
  private final Map<Friend, I2pStream> online = new ConcurrentHashMap<>();

  private Chat(I2pSession session, List<Friend> friends) {
    this.session = session;
    this.friends = friends;
  }

  /**
   * Runs the program until standard input ends.
   *
   * @param args the router's URI, a key file, and friends
   * @throws IOException if the router fails
   */
  public static void main(String... args) throws IOException {
    if (args.length < 2 || Stream.of(args).skip(2).anyMatch(friend -> !friend.contains("="))) {
      System.err.println(USAGE);
      System.exit(64);
    }
    try (DestinationKeys keys = DestinationKeys.loadOrCreate(Path.of(args[1]));
        I2p i2p = I2p.connect(args[0]);
        I2pSession session = i2p.open(keys);
        I2pAcceptor acceptor = session.listen(0)) {
      System.out.println("I am " + session.destination().base32().text());
      List<Friend> friends = new ArrayList<>();
      for (String friend : List.of(args).subList(2, args.length)) {
        friends.add(Friend.parse(i2p, friend));
      }
      Chat chat = new Chat(session, friends);
      Thread.startVirtualThread(() -> chat.listen(acceptor));
      friends.forEach(friend -> Thread.startVirtualThread(() -> chat.keepInTouch(friend)));
      new BufferedReader(new InputStreamReader(System.in)).lines().forEach(chat::say);
    }
  }

  private void keepInTouch(Friend friend) {
    while (session.status().state() != SessionStatus.State.CLOSED) {
      try (I2pStream stream = session.connect(friend.address())) {
        stream.readTimeout(SILENCE);
        stream.writeTimeout(SILENCE);
        while (stream.input().read() >= 0) {
          if (online.put(friend, stream) == null) {
            System.out.println(friend.name() + " is online");
          }
        }
      } catch (IOException e) {
        // is offline, or went: what friends do
      }
      if (online.remove(friend) != null) {
        System.out.println(friend.name() + " is offline");
      } else {
        friend.awaitCall(PAUSE);
      }
    }
  }

  private void listen(I2pAcceptor acceptor) {
    try {
      acceptor.serve(stream -> {
        for (Friend friend : friends) {
          if (friend.address().matches(stream.remote().name())) {
            hear(friend, stream);
          }
        }
      });
    } catch (IOException e) {
      System.err.println("nobody can call any more: " + e.getMessage());
    }
  }

  private void hear(Friend friend, I2pStream stream) {
    friend.calls().release();
    stream.readTimeout(
        Duration.ZERO); // friends may be silent for hours: beats find out if they left
    Thread.startVirtualThread(() -> beat(stream));
    try {
      DataInputStream in = new DataInputStream(stream.input());
      while (true) {
        // control characters would command our terminal, and others rearrange what it shows
        System.out.println(
            friend.name() + ": " + in.readUTF().replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?"));
      }
    } catch (IOException e) {
      // hung up
    }
  }

  private static void beat(I2pStream stream) {
    try {
      while (true) {
        stream.output().write(1);
        Thread.sleep(BEAT);
      }
    } catch (IOException | InterruptedException e) {
      // the stream has ended
    }
  }

  private void say(String line) {
    if (line.isBlank()) {
      friends.forEach(friend -> System.out.println(
          friend.name() + (online.containsKey(friend) ? " is online" : " is offline")));
      return;
    }
    String said = line.substring(0, Math.min(line.length(), MAX_LINE));
    online.forEach((friend, stream) -> {
      try {
        new DataOutputStream(stream.output()).writeUTF(said);
      } catch (IOException e) {
        System.out.println(friend.name() + " did not hear that");
      }
    });
  }
}
