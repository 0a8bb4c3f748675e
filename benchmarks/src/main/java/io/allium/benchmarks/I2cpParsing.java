package io.allium.benchmarks;

import io.allium.protocol.i2cp.MessageFramer;
import io.allium.protocol.i2cp.MessagePayload;
import io.allium.protocol.i2cp.RouterMessage;
import io.allium.protocol.structures.I2cpPayload;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import net.i2p.data.DataHelper;
import net.i2p.data.i2cp.I2CPMessageHandler;
import net.i2p.data.i2cp.MessagePayloadMessage;

/** Messages of 1 KB from a router, read from memory on one thread, by ours and by Java I2P. Argument: pairs. */
public final class I2cpParsing {
  /** What a connection reads at once. */
  private static final int READ = 16 * 1024;

  /** What the client of Java I2P reads at once. */
  private static final int STOCK_READ = 32 * 1024;

  private static final int DISTINCT = 1_000;
  private static final int REPEATED = 1_000;
  private static final int COUNT = DISTINCT * REPEATED;
  private static final int MESSAGE_PAYLOAD = 31;
  private static final int RAW = 18;
  private static final int PORT = 7;

  private final byte[] bytes;

  private I2cpParsing(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Runs the comparison. */
  public static void main(String... args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    I2cpParsing parsing = new I2cpParsing(messages());
    Pairs.compare(
        "messages of 1 KB, parsed",
        "/s",
        COUNT,
        rounds,
        () -> Cost.of(() -> parsing.ours(false)),
        () -> Cost.of(() -> parsing.stock(false)));
    Pairs.compare(
        "the same, and unwrapped",
        "/s",
        COUNT,
        rounds,
        () -> Cost.of(() -> parsing.ours(true)),
        () -> Cost.of(() -> parsing.stock(true)));
  }

  private static byte[] messages() throws Exception {
    int wrapped =
        I2cpPayload.wrap(RAW, PORT, PORT, ByteBuffer.wrap(Payload.of(0))).remaining();
    int body = Short.BYTES + 2 * Integer.BYTES + wrapped;
    ByteBuffer all = ByteBuffer.allocate(DISTINCT * (I2cpStub.HEADER + body));
    for (int i = 0; i < DISTINCT; i++) {
      I2cpStub.header(all, body, MESSAGE_PAYLOAD)
          .putShort((short) 1)
          .putInt(i)
          .putInt(wrapped)
          .put(I2cpPayload.wrap(RAW, PORT, PORT, ByteBuffer.wrap(Payload.of(i))));
    }
    return all.array();
  }

  private void ours(boolean unwrapped) throws Exception {
    MessageFramer framer = new MessageFramer();
    int count = 0;
    for (int round = 0; round < REPEATED; round++) {
      for (int at = 0; at < bytes.length; at += READ) {
        framer.feed(ByteBuffer.wrap(bytes, at, Math.min(READ, bytes.length - at)));
        for (Optional<RouterMessage> next = framer.next(); next.isPresent(); next = framer.next()) {
          ByteBuffer payload = ((MessagePayload) next.get()).payload();
          if (unwrapped) {
            ByteBuffer content = I2cpPayload.unwrap(payload).content();
            check(content.getLong(content.position()), content.remaining(), count);
          }
          count++;
        }
      }
    }
    check(count);
  }

  private void stock(boolean unwrapped) throws Exception {
    InputStream in = new BufferedInputStream(new Repeated(bytes), STOCK_READ);
    int count = 0;
    while (count < COUNT) {
      MessagePayloadMessage message = (MessagePayloadMessage) I2CPMessageHandler.readMessage(in);
      byte[] payload = message.getPayload().getUnencryptedData();
      payload = payload == null ? message.getPayload().getEncryptedData() : payload;
      if (unwrapped) {
        byte[] content = DataHelper.decompress(payload);
        check(Payload.number(content), content.length, count);
      }
      count++;
    }
    check(count);
  }

  private static void check(long number, int length, int count) throws IOException {
    if (number != count % DISTINCT || length != Payload.LENGTH) {
      throw new IOException("wrong bytes");
    }
  }

  private static void check(int count) throws IOException {
    if (count != COUNT) {
      throw new IOException("another number of messages");
    }
  }

  /** The same bytes again and again. */
  private static final class Repeated extends InputStream {
    private final ByteArrayInputStream bytes;

    Repeated(byte[] bytes) {
      this.bytes = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      throw new IllegalStateException("it is read through a buffer");
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (bytes.available() == 0) {
        bytes.reset();
      }
      return bytes.read(into, from, length);
    }
  }
}
