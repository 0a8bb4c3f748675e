package io.allium.cli;

import io.allium.cli.TransferMessage.Busy;
import io.allium.cli.TransferMessage.Confirmed;
import io.allium.cli.TransferMessage.Data;
import io.allium.cli.TransferMessage.Done;
import io.allium.cli.TransferMessage.From;
import io.allium.cli.TransferMessage.Hello;
import io.allium.cli.TransferMessage.Offer;
import io.allium.cli.TransferMessage.Reason;
import io.allium.cli.TransferMessage.Refused;
import io.allium.cli.TransferMessage.Stored;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The bytes of a file transfer, and nothing else: no stream, no file. A frame is a type of one byte, a length of four and so
 * many bytes more; numbers are big-endian.
 */
final class TransferCodec {
  static final int VERSION = 1;
  static final int HEADER_LENGTH = 5;

  /** Small enough to keep for each peer, large enough that its header costs nothing. */
  static final int MAX_DATA = 64 * 1024;

  private static final byte[] MAGIC = "allium".getBytes(StandardCharsets.US_ASCII);
  private static final int HASH_LENGTH = 32;

  /** Of any file system we know, in bytes. */
  private static final int MAX_NAME = 1024;

  /** A later version may say more in its first word: it must be understood enough to be refused. */
  private static final int MAX_HELLO = 64;

  /** The types of frames, each with the lengths that it may have. */
  private enum Type {
    HELLO(1, MAGIC.length + 1, MAX_HELLO),
    OFFER(2, Long.BYTES + HASH_LENGTH + 1, Long.BYTES + HASH_LENGTH + MAX_NAME),
    FROM(3, Long.BYTES, Long.BYTES),
    DATA(4, 1, MAX_DATA),
    STORED(5, Long.BYTES, Long.BYTES),
    BUSY(6, 0, 0),
    DONE(7, HASH_LENGTH, HASH_LENGTH),
    CONFIRMED(8, 0, 0),
    REFUSED(9, 1, 1);

    private final int number;
    private final int min;
    private final int max;

    Type(int number, int min, int max) {
      this.number = number;
      this.min = min;
      this.max = max;
    }

    static Type of(int number) throws ProtocolException {
      for (Type type : values()) {
        if (type.number == number) {
          return type;
        }
      }
      throw new ProtocolException("a message of the unknown type " + number);
    }
  }

  private TransferCodec() {}

  static byte[] encode(TransferMessage message) {
    return switch (message) {
      case Hello hello ->
        frame(Type.HELLO, MAGIC.length + 1)
            .put(MAGIC)
            .put((byte) hello.version())
            .array();
      case Offer offer -> {
        byte[] name = offer.name().getBytes(StandardCharsets.UTF_8);
        yield frame(Type.OFFER, Long.BYTES + HASH_LENGTH + name.length)
            .putLong(offer.length())
            .put(HexFormat.of().parseHex(offer.sha256()))
            .put(name)
            .array();
      }
      case From from -> frame(Type.FROM, Long.BYTES).putLong(from.offset()).array();
      case Data data ->
        frame(Type.DATA, data.bytes().remaining()).put(data.bytes().duplicate()).array();
      case Stored stored ->
        frame(Type.STORED, Long.BYTES).putLong(stored.offset()).array();
      case Busy busy -> frame(Type.BUSY, 0).array();
      case Done done ->
        frame(Type.DONE, HASH_LENGTH)
            .put(HexFormat.of().parseHex(done.sha256()))
            .array();
      case Confirmed confirmed -> frame(Type.CONFIRMED, 0).array();
      case Refused refused ->
        frame(Type.REFUSED, 1).put((byte) refused.reason().number()).array();
    };
  }

  private static ByteBuffer frame(Type type, int length) {
    if (length < type.min || length > type.max) {
      throw new IllegalArgumentException(type + " cannot have " + length + " bytes");
    }
    return ByteBuffer.allocate(HEADER_LENGTH + length).put((byte) type.number).putInt(length);
  }

  /** How many bytes follow this header; checked, so that nobody makes us reserve more. */
  static int payloadLength(byte[] header) throws ProtocolException {
    ByteBuffer in = ByteBuffer.wrap(header);
    Type type = Type.of(in.get() & 0xff);
    int length = in.getInt();
    if (length < type.min || length > type.max) {
      throw new ProtocolException("a message of a wrong length");
    }
    return length;
  }

  /** The message of a header and as many bytes as it announced. */
  static TransferMessage decode(byte[] header, byte[] payload) throws ProtocolException {
    if (payload.length != payloadLength(header)) {
      throw new ProtocolException("a message of a wrong length");
    }
    ByteBuffer in = ByteBuffer.wrap(payload);
    return switch (Type.of(header[0] & 0xff)) {
      case HELLO -> new Hello(version(in));
      case OFFER -> new Offer(offset(in), hash(in), text(in));
      case FROM -> new From(offset(in));
      case DATA -> new Data(in);
      case STORED -> new Stored(offset(in));
      case BUSY -> new Busy();
      case DONE -> new Done(hash(in));
      case CONFIRMED -> new Confirmed();
      case REFUSED -> new Refused(reason(in.get() & 0xff));
    };
  }

  private static int version(ByteBuffer in) throws ProtocolException {
    byte[] magic = new byte[MAGIC.length];
    in.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new ProtocolException("a first word of another protocol");
    }
    return in.get() & 0xff;
  }

  private static long offset(ByteBuffer in) throws ProtocolException {
    long offset = in.getLong();
    if (offset < 0) {
      throw new ProtocolException("a negative length");
    }
    return offset;
  }

  private static String hash(ByteBuffer in) {
    byte[] hash = new byte[HASH_LENGTH];
    in.get(hash);
    return HexFormat.of().formatHex(hash);
  }

  private static String text(ByteBuffer in) throws ProtocolException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
    } catch (CharacterCodingException e) {
      throw new ProtocolException("a name that is no UTF-8");
    }
  }

  private static Reason reason(int number) throws ProtocolException {
    for (Reason reason : Reason.values()) {
      if (reason.number() == number) {
        return reason;
      }
    }
    throw new ProtocolException("an unknown reason");
  }
}
