package io.allium.protocol.sam.state;

import io.allium.protocol.sam.PeerLine;
import io.allium.protocol.sam.SamException;
import io.allium.protocol.sam.SamPhase;
import io.allium.protocol.sam.SamReply;
import io.allium.protocol.sam.StreamAccept;
import io.allium.protocol.sam.StreamStatus;
import java.util.Optional;

/**
 * Waits for a stream (SAM v3, "SAM Virtual Streams: ACCEPT"): a status, then after any time the line that names the
 * peer. Yields that line; done, everything that follows is data.
 *
 * <p>A STREAM STATUS in place of the peer is a late error ("Errors After OK"), never a peer. With SILENT=true it is
 * done once the command is written and yields nothing: no line comes, the first data is the peer's.
 */
public final class StreamAcceptConversation extends Conversation<Optional<PeerLine>> {
  private final StreamAccept command;
  private boolean armed;

  /**
   * A pending accept.
   *
   * @param command for which session
   */
  public StreamAcceptConversation(StreamAccept command) {
    super(SamPhase.STREAM_ACCEPT);
    this.command = command;
  }

  /**
   * Whether the server has confirmed that it waits for a stream, so that no deadline of ours applies any more.
   *
   * @return true after RESULT=OK
   */
  public boolean isArmed() {
    return armed;
  }

  @Override
  Step<Optional<PeerLine>> first() {
    return command.silent()
        ? new Step.Send<>(command.encode(), new Step.Done<>(Optional.empty()))
        : send(command);
  }

  @Override
  Step<Optional<PeerLine>> take(String line) {
    if (!armed || !isPeer(line)) {
      return super.take(line);
    }
    try {
      PeerLine peer = PeerLine.parse(line);
      return new Step.Done<>(Optional.of(peer));
    } catch (SamException violation) {
      return new Step.Failed<>(violation);
    }
  }

  // No verb of SAM is as long as a destination, and no destination as short as a verb.
  private static boolean isPeer(String line) {
    int start = 0;
    while (start < line.length() && line.charAt(start) <= ' ') {
      start++;
    }
    int end = start;
    while (end < line.length() && line.charAt(end) > ' ') {
      end++;
    }
    return end - start >= PeerLine.MIN_DESTINATION;
  }

  @Override
  Step<Optional<PeerLine>> onReply(SamReply reply) {
    if (!(reply instanceof StreamStatus status)) {
      return other(reply);
    }
    if (!status.result().isOk()) {
      return refused(status.result(), status.note());
    }
    if (armed) {
      return other(reply);
    }
    armed = true;
    return await();
  }
}
