package io.allium.protocol.sam.state;

import io.allium.protocol.sam.Ping;
import io.allium.protocol.sam.Pong;
import io.allium.protocol.sam.SamCommand;
import io.allium.protocol.sam.SamException;
import io.allium.protocol.sam.SamMessage;
import io.allium.protocol.sam.SamPhase;
import io.allium.protocol.sam.SamReply;
import io.allium.protocol.sam.SamResult;
import java.util.Optional;

/**
 * One exchange of a client with a SAM server, without I/O: the driver writes, reads and keeps deadlines.
 *
 * <pre>{@code
 * Step<T> step = conversation.start();
 * while (true) {
 *   switch (step) {
 *     case Step.Send<T> send -> { write(send.bytes()); step = send.then(); }
 *     case Step.Await<T> await -> step = nextLine().map(conversation::onLine).orElseGet(conversation::onEof);
 *     case Step.Done<T> done -> { return done.result(); }
 *     case Step.Failed<T> failed -> throw failed.error();
 *   }
 * }
 * }</pre>
 *
 * <p>Common to all: blank lines are skipped; a PING of the server is answered and a stray PONG skipped (SAM v3,
 * "PING/PONG"); a failure that comes under another verb counts as the answer, for servers report time-outs and misuse
 * as SESSION STATUS.
 *
 * <p>After {@link Step.Done} and {@link Step.Failed} a conversation takes no more. Not for concurrent use.
 *
 * @param <T> what it yields
 */
public abstract sealed class Conversation<T>
    permits HelloConversation,
        NamingLookupConversation,
        PingConversation,
        SessionConversation,
        SessionWatch,
        StreamAcceptConversation,
        StreamConnectConversation {
  private enum State {
    NEW,
    OPEN,
    OVER
  }

  private final SamPhase phase;
  private State state = State.NEW;

  Conversation(SamPhase phase) {
    this.phase = phase;
  }

  /**
   * Begins.
   *
   * @return what to do first
   * @throws IllegalStateException if it was called before
   */
  public final Step<T> start() {
    if (state != State.NEW) {
      throw new IllegalStateException("the conversation has begun before");
    }
    state = State.OPEN;
    return settle(first());
  }

  /**
   * Takes a line of the server.
   *
   * @param line the line, with or without its line end
   * @return what to do next
   * @throws IllegalStateException if the conversation has not begun or is over
   */
  public final Step<T> onLine(String line) {
    requireOpen();
    return settle(take(line));
  }

  /**
   * Takes the end of the connection.
   *
   * @return always {@link Step.Failed} with {@link SamException.Ended}
   * @throws IllegalStateException if the conversation has not begun or is over
   */
  public final Step<T> onEof() {
    requireOpen();
    return settle(new Step.Failed<>(new SamException.Ended(phase)));
  }

  private void requireOpen() {
    if (state != State.OPEN) {
      String what = state == State.NEW ? "has not begun" : "is over";
      throw new IllegalStateException("the conversation " + what);
    }
  }

  private Step<T> settle(Step<T> step) {
    Step<T> last = step;
    while (last instanceof Step.Send<T> send) {
      last = send.then();
    }
    if (!(last instanceof Step.Await<T>)) {
      state = State.OVER;
    }
    return step;
  }

  /** The first step. */
  abstract Step<T> first();

  /** The step after a reply that is neither PING nor PONG nor blank. */
  abstract Step<T> onReply(SamReply reply);

  /** The step after a line; a conversation with lines that are no replies overrides it. */
  Step<T> take(String line) {
    try {
      SamMessage message = SamMessage.parse(line);
      if (message.verb().isEmpty() && message.options().isEmpty()) {
        return await();
      }
      return switch (SamReply.of(message)) {
        case Ping ping -> new Step.Send<>(ping.pong().encode(), await());
        case Pong pong -> onPong(pong);
        case SamReply reply -> onReply(reply);
      };
    } catch (SamException violation) {
      return new Step.Failed<>(violation);
    }
  }

  Step<T> onPong(Pong pong) {
    return await();
  }

  final Step<T> await() {
    return new Step.Await<>();
  }

  final Step<T> send(SamCommand command) {
    return new Step.Send<>(command.encode(), await());
  }

  final Step<T> refused(SamResult result, String note) {
    return new Step.Failed<>(new SamException.Refused(phase, result, note));
  }

  /** A reply that is not the answer: a failure under another verb, or a violation. */
  final Step<T> other(SamReply reply) {
    SamMessage message = reply.message();
    Optional<String> result = message.value("RESULT").filter(value -> !value.isEmpty());
    if (phase == SamPhase.HELLO || result.isEmpty() || result.get().equals(SamResult.OK.name())) {
      return new Step.Failed<>(new SamException.Violation(phase));
    }
    return refused(new SamResult(result.get()), message.value("MESSAGE").orElse(""));
  }

  /** The kind of conversation and whether it is over; nothing of what was said. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + state + "]";
  }
}
