package io.allium.protocol.sam.state;

import io.allium.protocol.sam.SamPhase;
import io.allium.protocol.sam.SamReply;
import io.allium.protocol.sam.SamResult;
import io.allium.protocol.sam.StreamConnect;
import io.allium.protocol.sam.StreamStatus;

/**
 * Opens a stream (SAM v3, "SAM Virtual Streams: CONNECT"). Done, everything that follows is data.
 *
 * <p>With SILENT=true it is done once the command is written: the server says nothing, and a failure is an early end of
 * the data. Even RESULT=OK of i2pd says only that the peer's lease set is known; data alone proves a peer.
 */
public final class StreamConnectConversation extends Conversation<StreamStatus> {
  private final StreamConnect command;

  /**
   * A connection attempt.
   *
   * @param command whom to reach
   */
  public StreamConnectConversation(StreamConnect command) {
    super(SamPhase.STREAM_CONNECT);
    this.command = command;
  }

  @Override
  Step<StreamStatus> first() {
    return command.silent()
        ? new Step.Send<>(command.encode(), new Step.Done<>(new StreamStatus(SamResult.OK, "")))
        : send(command);
  }

  @Override
  Step<StreamStatus> onReply(SamReply reply) {
    if (!(reply instanceof StreamStatus status)) {
      return other(reply);
    }
    return status.result().isOk()
        ? new Step.Done<>(status)
        : refused(status.result(), status.note());
  }
}
