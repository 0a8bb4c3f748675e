package io.allium.protocol.sam.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.allium.protocol.sam.LineFramer;
import io.allium.protocol.sam.SamException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a conversation against bytes that a server would send, in given segments. */
final class Driver<T> {
  private final Conversation<T> conversation;
  private final List<byte[]> segments;
  private final LineFramer framer = new LineFramer();
  private final StringBuilder sent = new StringBuilder();
  private ByteBuffer in = ByteBuffer.allocate(0);
  private int next;

  private Driver(Conversation<T> conversation, List<byte[]> segments) {
    this.conversation = conversation;
    this.segments = segments;
  }

  /** What came of it. */
  record Outcome<T>(T result, String sent, String leftover) {}

  static <T> Outcome<T> run(Conversation<T> conversation, String... segments) throws SamException {
    return run(
        conversation, List.of(segments).stream().map(s -> s.getBytes(UTF_8)).toList());
  }

  static <T> Outcome<T> run(Conversation<T> conversation, List<byte[]> segments)
      throws SamException {
    return new Driver<>(conversation, segments).run();
  }

  private Outcome<T> run() throws SamException {
    Step<T> step = conversation.start();
    while (true) {
      switch (step) {
        case Step.Send<T> send -> {
          sent.append(new String(send.bytes(), UTF_8));
          step = send.then();
        }
        case Step.Await<T> await ->
          step = nextLine().map(conversation::onLine).orElseGet(conversation::onEof);
        case Step.Done<T> done -> {
          return new Outcome<>(done.result(), sent.toString(), leftover());
        }
        case Step.Failed<T> failed -> throw failed.error();
      }
    }
  }

  private Optional<String> nextLine() throws SamException {
    while (true) {
      Optional<String> line = framer.line(in);
      if (line.isPresent() || next == segments.size()) {
        return line;
      }
      in = ByteBuffer.wrap(segments.get(next++));
    }
  }

  private String leftover() {
    List<byte[]> rest = new ArrayList<>();
    byte[] now = new byte[in.remaining()];
    in.get(now);
    rest.add(now);
    rest.addAll(segments.subList(next, segments.size()));
    ByteBuffer all = ByteBuffer.allocate(rest.stream().mapToInt(b -> b.length).sum());
    rest.forEach(all::put);
    return UTF_8.decode(all.flip()).toString();
  }
}
