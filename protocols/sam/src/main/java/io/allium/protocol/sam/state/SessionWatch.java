package io.allium.protocol.sam.state;

import io.allium.protocol.sam.OtherReply;
import io.allium.protocol.sam.Ping;
import io.allium.protocol.sam.Pong;
import io.allium.protocol.sam.SamPhase;
import io.allium.protocol.sam.SamReply;
import io.allium.protocol.sam.SessionStatus;

/**
 * Keeps the connection of an open session: answers PING, and tells when the session is lost (SAM v3, "Session Creation
 * Response", "PING/PONG"). It sends nothing of itself, though it makes a PING when asked to, and is never done: it fails
 * when the server ends the session or the connection.
 *
 * <p>In-band datagrams are not its business: a driver that receives them parses their lines itself.
 */
public final class SessionWatch extends Conversation<SessionStatus> {
  private long pings;
  private boolean answered = true;

  /** A watch over a session that was created on this connection. */
  public SessionWatch() {
    super(SamPhase.SESSION_OPEN);
  }

  /**
   * A question whether the server is still there, from SAM 3.2. Only its own PONG answers it.
   *
   * @return the line, to be sent
   */
  public byte[] ping() {
    pings++;
    answered = false;
    return asked().encode();
  }

  /**
   * Whether the last {@link #ping()} was answered.
   *
   * @return true if so, and before the first
   */
  public boolean isAnswered() {
    return answered;
  }

  private Ping asked() {
    return new Ping(" " + pings);
  }

  @Override
  Step<SessionStatus> first() {
    return await();
  }

  @Override
  Step<SessionStatus> onPong(Pong pong) {
    answered |= pong.equals(asked().pong());
    return await();
  }

  @Override
  Step<SessionStatus> onReply(SamReply reply) {
    if (reply instanceof SessionStatus status && !status.result().isOk()) {
      return refused(status.result(), status.note());
    }
    // i2pd may answer late to a command that the driver gave up; a text of HELP has no meaning here
    // either.
    return reply instanceof SessionStatus || reply instanceof OtherReply ? await() : other(reply);
  }
}
