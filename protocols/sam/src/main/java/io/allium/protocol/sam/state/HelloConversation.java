package io.allium.protocol.sam.state;

import io.allium.protocol.sam.Hello;
import io.allium.protocol.sam.HelloReply;
import io.allium.protocol.sam.SamException;
import io.allium.protocol.sam.SamPhase;
import io.allium.protocol.sam.SamReply;
import io.allium.protocol.sam.SamVersion;
import java.util.Optional;

/**
 * Agrees on a version (SAM v3, "SAM Connection Handshake"). Yields the version of the server.
 *
 * <p>Anything that is not HELLO REPLY, or a version that was not asked for, is a {@link SamException.Violation}.
 */
public final class HelloConversation extends Conversation<SamVersion> {
  /**
   * The range to ask for. Not from 3.0: i2pd then chooses 3.0, the lower end, and 3.0 knows no signature types; from
   * 3.1 it answers 3.1, and Java I2P 3.3.
   */
  public static final Hello DEFAULT = Hello.range(SamVersion.V3_1, SamVersion.V3_3);

  private static final byte[] DEFAULT_LINE = DEFAULT.encode();

  private final Hello hello;

  /** A handshake with the default range and without credentials. */
  public HelloConversation() {
    this(DEFAULT);
  }

  /**
   * A handshake.
   *
   * @param hello versions and credentials
   */
  public HelloConversation(Hello hello) {
    super(SamPhase.HELLO);
    this.hello = hello;
  }

  @Override
  Step<SamVersion> first() {
    // Every stream begins with this line, so it is encoded once.
    return hello.equals(DEFAULT) ? new Step.Send<>(DEFAULT_LINE.clone(), await()) : send(hello);
  }

  @Override
  Step<SamVersion> onReply(SamReply reply) {
    if (!(reply instanceof HelloReply answer)) {
      return other(reply);
    }
    if (!answer.result().isOk()) {
      return refused(answer.result(), answer.note());
    }
    Optional<SamVersion> version = answer.version();
    if (version.isEmpty()
        || hello.min().map(min -> version.get().compareTo(min) < 0).orElse(false)
        || hello.max().map(max -> version.get().compareTo(max) > 0).orElse(false)) {
      return new Step.Failed<>(
          new SamException.Violation("The router chose a SAM version that is not " + range()));
    }
    return new Step.Done<>(version.get());
  }

  private String range() {
    return "from " + hello.min().map(SamVersion::toString).orElse("the first") + " to "
        + hello.max().map(SamVersion::toString).orElse("the newest");
  }
}
