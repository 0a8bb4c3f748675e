package io.allium.protocol.sam;

import io.allium.I2pException;
import java.util.Optional;

/**
 * {@code STREAM FORWARD} (SAM v3, "SAM Virtual Streams: FORWARD"). The server answers with a status even if silent.
 *
 * @param id the session
 * @param port TCP port that streams are forwarded to, 1 to 65535
 * @param host host of that port, default the address of the client
 * @param silent whether the forwarded connection starts without a {@link PeerLine}
 * @param ssl whether the forwarded connection is over TLS, from 3.2
 */
public record StreamForward(String id, int port, Optional<String> host, boolean silent, boolean ssl)
    implements SamCommand {
  /**
   * Checks identifier and port.
   *
   * @throws IllegalArgumentException if the identifier is empty or holds white space, or the port is out of range
   */
  public StreamForward {
    Fields.requireId(id);
    if (port < 1 || port > Fields.MAX_PORT) {
      throw new IllegalArgumentException("PORT is 1 to 65535, not " + port);
    }
  }

  static StreamForward of(SamMessage message) throws I2pException {
    int port = Fields.port(message, "PORT").orElse(0);
    if (port == 0) {
      throw Fields.bad(message, "PORT is required, from 1 to 65535");
    }
    return new StreamForward(
        Fields.id(message),
        port,
        Fields.text(message, "HOST"),
        Fields.isTrue(message, "SILENT"),
        Fields.isTrue(message, "SSL"));
  }

  @Override
  public SamMessage message() {
    return new Fields.Builder()
        .add("ID", id)
        .add("PORT", Integer.toString(port))
        .add("HOST", host)
        .addIfTrue("SILENT", silent)
        .addIfTrue("SSL", ssl)
        .message("STREAM", "FORWARD");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
