package io.allium.sam;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a bridge and its client said to each other, as a text that a {@link StubBridge} plays. A paragraph is a connection,
 * from the greeting on, which is left out; it may be one of several alike.
 *
 * <pre>
 * # why
 * -- control x2
 * > SESSION CREATE ID={id} ...
 * &lt; SESSION STATUS RESULT=OK
 * ~ 15 s
 * &lt; (end)
 * </pre>
 *
 * <p>{@code >} is said by the client and {@code <} by the bridge, {@code ~} is time that passes, by the test's clock.
 * {@code {name}} is one word, the same wherever it stands, and {@code {}} any word; {@code ...} at the end is whatever the
 * client says.
 */
final class Transcript {
  private static final String END = "(end)";
  private static final String OPEN = " ...";
  private static final Pattern NAME = Pattern.compile("\\{(\\w*)}");
  private static final Pattern TIMES = Pattern.compile("-- (.*?)(?: x(\\d+))?");

  private final HandTime time;
  private final Map<String, String> words = new ConcurrentHashMap<>();
  private final List<Talk> talks = new ArrayList<>();
  private final Map<StubConnection, Talk> claimed = new ConcurrentHashMap<>();
  private final List<String> surprises = new CopyOnWriteArrayList<>();

  /** A connection: what is still to be said on it. */
  private static final class Talk {
    private final String name;
    private final ArrayDeque<String> left;
    private volatile @Nullable StubConnection connection;

    Talk(String name, List<String> lines) {
      this.name = name;
      left = new ArrayDeque<>(lines);
    }

    boolean isOver() {
      StubConnection on = connection;
      synchronized (left) {
        boolean untilItsEnd = left.size() == 1 && left.peek().equals("> " + END);
        return on != null && (left.isEmpty() || untilItsEnd && on.clientEnded());
      }
    }

    @Override
    public String toString() {
      synchronized (left) {
        return name + ": " + (connection == null ? "never begun" : left);
      }
    }
  }

  private Transcript(HandTime time, Map<String, String> words) {
    this.time = time;
    this.words.putAll(words);
  }

  /** Lets a bridge say what stands in a file beside this class. */
  static Transcript play(StubBridge bridge, HandTime time, String file, Map<String, String> words) {
    Transcript transcript = new Transcript(time, words);
    transcript.read(file);
    bridge.on("SESSION CREATE", transcript::take).on("", transcript::take);
    return transcript;
  }

  /** Fails where something was not said, or something else. */
  void assertPlayed() {
    StubBridge.await(
        () -> "the rest of " + talks.stream().filter(talk -> !talk.isOver()).toList() + surprises,
        () -> !surprises.isEmpty() || talks.stream().allMatch(Talk::isOver));
    if (!surprises.isEmpty()) {
      throw new AssertionError("not in the transcript: " + surprises);
    }
  }

  private void read(String file) {
    String name = "";
    int times = 1;
    List<String> lines = new ArrayList<>();
    for (String line : text(file).lines().toList()) {
      Matcher head = TIMES.matcher(line);
      if (head.matches()) {
        add(name, times, lines);
        name = head.group(1);
        times = head.group(2) == null ? 1 : Integer.parseInt(head.group(2));
        lines = new ArrayList<>();
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        lines.add(line);
      }
    }
    add(name, times, lines);
  }

  private void add(String name, int times, List<String> lines) {
    for (int i = 0; i < times && !lines.isEmpty(); i++) {
      talks.add(new Talk(name, lines));
    }
  }

  private static String text(String file) {
    try (InputStream in = Transcript.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(StubConnection connection, String line)
      throws IOException, InterruptedException {
    Talk talk = talkOf(connection, line);
    if (talk == null) {
      surprises.add(line);
      connection.close();
      return;
    }
    for (String next = say(talk); next != null; next = say(talk)) {
      if (next.startsWith("~ ")) {
        pass(Duration.ofSeconds(Long.parseLong(next.substring(2, next.indexOf(" s")))));
      } else if (next.equals("< " + END)) {
        connection.close();
      } else {
        connection.send(withWords(next.substring(2)) + "\n");
      }
    }
  }

  /** The one that goes on with this line, or begins with it. */
  private synchronized @Nullable Talk talkOf(StubConnection connection, String line) {
    Talk mine = claimed.get(connection);
    List<Talk> possible = mine == null
        ? talks.stream().filter(talk -> talk.connection == null).toList()
        : List.of(mine);
    for (Talk talk : possible) {
      synchronized (talk.left) {
        if (!talk.left.isEmpty() && isSaid(talk.left.peek(), line)) {
          talk.left.remove();
          talk.connection = connection;
          claimed.put(connection, talk);
          return talk;
        }
      }
    }
    return null;
  }

  /** Takes the next line of the bridge, if it is its turn. */
  private static @Nullable String say(Talk talk) {
    synchronized (talk.left) {
      return talk.left.isEmpty() || talk.left.peek().startsWith("> ") ? null : talk.left.remove();
    }
  }

  private void pass(Duration duration) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    var unused = time.schedule(duration.toNanos(), over::countDown);
    over.await();
  }

  /** Whether these are the client's words; new ones are kept. */
  private boolean isSaid(String expected, String line) {
    if (!expected.startsWith("> ")) {
      return false;
    }
    boolean open = expected.endsWith(OPEN);
    String form = expected.substring(2, expected.length() - (open ? OPEN.length() : 0));
    List<String> fresh = new ArrayList<>();
    StringBuilder pattern = new StringBuilder();
    int from = 0;
    for (Matcher name = NAME.matcher(form); name.find(); from = name.end()) {
      String word = name.group(1);
      String known = words.get(word);
      if (known == null && !word.isEmpty()) {
        fresh.add(word);
      }
      pattern
          .append(Pattern.quote(form.substring(from, name.start())))
          .append(known != null ? Pattern.quote(known) : word.isEmpty() ? "\\S+" : "(\\S+)");
    }
    pattern.append(Pattern.quote(form.substring(from))).append(open ? ".*" : "");
    Matcher said = Pattern.compile(pattern.toString()).matcher(line);
    if (!said.matches()) {
      return false;
    }
    for (int i = 0; i < fresh.size(); i++) {
      words.put(fresh.get(i), said.group(i + 1));
    }
    return true;
  }

  private String withWords(String text) {
    return NAME.matcher(text)
        .replaceAll(name -> Matcher.quoteReplacement(
            Objects.requireNonNull(words.get(name.group(1)), name.group(1))));
  }
}
