package io.allium.benchmarks;

import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.protocol.sam.LineFramer;
import io.allium.protocol.sam.PeerLine;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.StreamConnect;
import io.allium.protocol.sam.StreamStatus;
import io.allium.protocol.sam.state.Conversation;
import io.allium.protocol.sam.state.HelloConversation;
import io.allium.protocol.sam.state.Step;
import io.allium.protocol.sam.state.StreamConnectConversation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a stream costs in our code alone, without a socket. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SamCost {
  private final Destination peer = peer();
  private final byte[] hello = bytes("HELLO REPLY RESULT=OK VERSION=3.3\n");
  private final byte[] connected = bytes("STREAM STATUS RESULT=OK\n");
  private final byte[] accepted = bytes(peer.base64() + " FROM_PORT=1 TO_PORT=2\n");

  private static Destination peer() {
    try (DestinationKeys keys = DestinationKeys.generate()) {
      return keys.destination();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** HELLO and STREAM CONNECT: what is sent and what is answered. */
  @Benchmark
  public StreamStatus connect() throws Exception {
    LineFramer framer = new LineFramer();
    SamVersion version = run(new HelloConversation(), framer, hello);
    OptionalInt port = version.hasPorts() ? OptionalInt.of(80) : OptionalInt.empty();
    return run(
        new StreamConnectConversation(
            new StreamConnect("allium-id", peer.base64(), false, OptionalInt.empty(), port)),
        framer,
        connected);
  }

  /** The line that tells who connected. */
  @Benchmark
  public Destination accept() throws Exception {
    String line = new LineFramer().line(ByteBuffer.wrap(accepted)).orElseThrow();
    return Destination.parse(PeerLine.parse(line).destination());
  }

  private static <T> T run(Conversation<T> conversation, LineFramer framer, byte[] reply)
      throws Exception {
    Step<T> step = conversation.start();
    while (true) {
      switch (step) {
        case Step.Send<T> send -> step = send.then();
        case Step.Await<T> waiting ->
          step = conversation.onLine(framer.line(ByteBuffer.wrap(reply)).orElseThrow());
        case Step.Done<T> done -> {
          return done.result();
        }
        case Step.Failed<T> failed -> throw failed.error();
      }
    }
  }
}
