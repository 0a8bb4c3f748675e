package io.allium.protocol.i2cp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.i2p.data.i2cp.I2CPMessage;

/** Bytes as they are on a connection. */
public final class Wire {
  /** Date and version. */
  static final String SET_DATE = "0000019de0f83c00" + "06" + "302e392e3634";

  /** Gateway, tunnel, end. */
  static final String LEASE = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
      + "fffffffe"
      + "0000019de0f83c00";

  private Wire() {}

  /** Spaces are for readers only. */
  public static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  /** A message with its header: the length of the body, the type. */
  public static byte[] frame(int type, byte[] body) {
    return ByteBuffer.allocate(5 + body.length)
        .putInt(body.length)
        .put((byte) type)
        .put(body)
        .array();
  }

  /** What Java I2P writes. */
  static byte[] written(I2CPMessage message) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    message.writeMessage(out);
    return out.toByteArray();
  }

  /** All messages in some bytes that come at once. */
  static List<RouterMessage> read(byte[] bytes) throws I2cpException {
    MessageFramer framer = new MessageFramer();
    framer.feed(ByteBuffer.wrap(bytes));
    return drain(framer);
  }

  /** The one message in some bytes. */
  static RouterMessage readOne(byte[] bytes) throws I2cpException {
    List<RouterMessage> all = read(bytes);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  /** All that is there whole. */
  static List<RouterMessage> drain(MessageFramer framer) throws I2cpException {
    List<RouterMessage> all = new ArrayList<>();
    for (Optional<RouterMessage> next = framer.next(); next.isPresent(); next = framer.next()) {
      all.add(next.get());
    }
    return all;
  }

  /** Reads a body by itself. */
  static RouterMessage body(int type, String hex) throws I2cpException {
    return RouterMessage.read(type, ByteBuffer.wrap(hex(hex)));
  }

  static I2cpException refused(int type, byte[] body) {
    I2cpException refused = catchThrowableOfType(
        I2cpException.class, () -> RouterMessage.read(type, ByteBuffer.wrap(body)));
    assertThat(refused).as("a message of type %s is refused", type).isNotNull();
    return refused;
  }
}
