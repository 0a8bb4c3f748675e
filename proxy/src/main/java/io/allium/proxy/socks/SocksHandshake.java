package io.allium.proxy.socks;

import io.allium.proxy.ProxyOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a SOCKS handshake as pure code: bytes in, answers out. It asks for exactly as many bytes as it
 * needs, so that what follows belongs to the stream.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1928">RFC 1928</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1929">RFC 1929</a>
 */
final class SocksHandshake {
  /** SOCKS 4 has no limit of its own; that of SOCKS 5 is one byte. */
  static final int MAX_TEXT = 255;

  private static final byte NO_AUTHENTICATION = 0;
  private static final byte USER_AND_PASSWORD = 2;
  private static final byte NO_METHOD = (byte) 0xFF;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;
  private static final byte[] NOTHING = {};

  private enum State {
    VERSION,
    METHOD_COUNT,
    METHODS,
    LOGIN,
    USER,
    PASSWORD,
    REQUEST,
    NAME_LENGTH,
    NAME,
    IP_ADDRESS,
    HEAD_4,
    USER_4,
    NAME_4,
    OVER
  }

  private final ProxyOptions options;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private State state = State.VERSION;
  private int wanted = 1;
  private String user = "";
  private int port;
  private @Nullable SocksRequest request;
  private @Nullable String refusal;

  SocksHandshake(ProxyOptions options) {
    this.options = options;
  }

  /** How many bytes it needs next: 1 to 257, 0 once it is over. */
  int wanted() {
    return wanted;
  }

  /** Once it is over: what is asked for, unless it was refused. */
  Optional<SocksRequest> request() {
    return Optional.ofNullable(request);
  }

  /** Once it is over without a request: why, in a sentence for a log. */
  String refusal() {
    return refusal == null ? "it did not end" : refusal;
  }

  /**
   * Goes on with as many bytes as it wanted.
   *
   * @return what to send, perhaps nothing
   */
  byte[] take(byte[] bytes) {
    if (bytes.length != wanted || wanted == 0) {
      throw new IllegalArgumentException(bytes.length + " bytes in place of " + wanted);
    }
    return switch (state) {
      case VERSION -> version(bytes[0]);
      case METHOD_COUNT -> methodCount(bytes[0] & 0xFF);
      case METHODS -> method(bytes);
      case LOGIN -> login(bytes);
      case USER -> user(bytes);
      case PASSWORD -> password(bytes);
      case REQUEST -> request(bytes);
      case NAME_LENGTH -> nameLength(bytes[0] & 0xFF);
      case NAME ->
        asked(5, new String(bytes, 0, bytes.length - 2, StandardCharsets.ISO_8859_1), port(bytes));
      case IP_ADDRESS -> refuseAddress();
      case HEAD_4 -> head4(bytes);
      case USER_4 -> user4(bytes[0]);
      case NAME_4 -> name4(bytes[0]);
      case OVER -> throw new IllegalStateException("the handshake is over");
    };
  }

  private byte[] next(State next, int bytes, byte... answer) {
    state = next;
    wanted = bytes;
    return answer;
  }

  private byte[] refuse(String why, byte... answer) {
    refusal = why;
    return next(State.OVER, 0, answer);
  }

  private byte[] refuse(int version, SocksReply reply, String why) {
    return refuse(why, reply.bytes(version));
  }

  private byte[] asked(int version, String host, int at) {
    request = new SocksRequest(version, host, at, user);
    return next(State.OVER, 0);
  }

  private byte[] version(byte version) {
    return switch (version) {
      case 4 -> next(State.HEAD_4, 7);
      case 5 -> next(State.METHOD_COUNT, 1);
      default -> refuse("it does not speak SOCKS 4 or 5: set the program to SOCKS 5", NOTHING);
    };
  }

  private byte[] methodCount(int count) {
    return count == 0 ? noMethod() : next(State.METHODS, count);
  }

  /** A program that offers a user name has one, and means to be kept apart by it. */
  private byte[] method(byte[] offered) {
    if (has(offered, USER_AND_PASSWORD)) {
      return next(State.LOGIN, 2, (byte) 5, USER_AND_PASSWORD);
    }
    return has(offered, NO_AUTHENTICATION) && !options.isPasswordRequired()
        ? next(State.REQUEST, 4, (byte) 5, NO_AUTHENTICATION)
        : noMethod();
  }

  private byte[] noMethod() {
    return refuse(
        "it offers no way to log in that is known here: give it a user name and the password",
        (byte) 5,
        NO_METHOD);
  }

  private static boolean has(byte[] offered, byte method) {
    for (byte one : offered) {
      if (one == method) {
        return true;
      }
    }
    return false;
  }

  private byte[] login(byte[] head) {
    return head[0] == 1
        ? next(State.USER, (head[1] & 0xFF) + 1)
        : refuse("its log-in is of an unknown version", (byte) 1, (byte) 1);
  }

  private byte[] user(byte[] nameAndLength) {
    int end = nameAndLength.length - 1;
    user = new String(nameAndLength, 0, end, StandardCharsets.ISO_8859_1);
    int length = nameAndLength[end] & 0xFF;
    return length == 0 ? password(NOTHING) : next(State.PASSWORD, length);
  }

  private byte[] password(byte[] password) {
    return options.admits(password)
        ? next(State.REQUEST, 4, (byte) 1, (byte) 0)
        : refuse("its password is wrong: correct it", (byte) 1, (byte) 1);
  }

  private byte[] request(byte[] head) {
    if (head[0] != 5) {
      return refuse(5, SocksReply.FAILED, "its request is of another version");
    }
    if (head[1] != CONNECT) {
      return refuse(5, SocksReply.NO_SUCH_COMMAND, "it asks for more than CONNECT");
    }
    return switch (head[3]) {
      case NAME -> next(State.NAME_LENGTH, 1);
      case IPV4 -> next(State.IP_ADDRESS, 6);
      case IPV6 -> next(State.IP_ADDRESS, 18);
      default -> refuseAddress();
    };
  }

  private byte[] refuseAddress() {
    return refuse(
        5,
        SocksReply.NO_SUCH_ADDRESS,
        "it asks for an IP address: let the program send names, as with socks5h");
  }

  private byte[] nameLength(int length) {
    return length == 0
        ? refuse(5, SocksReply.FAILED, "its name is empty")
        : next(State.NAME, length + 2);
  }

  private static int port(byte[] nameAndPort) {
    int at = nameAndPort.length - 2;
    return (nameAndPort[at] & 0xFF) << 8 | nameAndPort[at + 1] & 0xFF;
  }

  private byte[] head4(byte[] head) {
    if (head[0] != CONNECT) {
      return refuse(4, SocksReply.NO_SUCH_COMMAND, "it asks for more than CONNECT");
    }
    if (options.isPasswordRequired()) {
      return refuse(4, SocksReply.NOT_ALLOWED, "SOCKS 4 has no password: use SOCKS 5");
    }
    port = port(Arrays.copyOfRange(head, 1, 3));
    boolean named = head[3] == 0 && head[4] == 0 && head[5] == 0 && head[6] != 0;
    return named
        ? next(State.USER_4, 1)
        : refuse(
            4,
            SocksReply.NO_SUCH_ADDRESS,
            "it asks for an IP address: let the program send names, as with socks4a");
  }

  private byte[] user4(byte letter) {
    if (letter == 0) {
      user = text.toString(StandardCharsets.ISO_8859_1);
      text.reset();
      return next(State.NAME_4, 1);
    }
    return more(letter);
  }

  private byte[] name4(byte letter) {
    if (letter != 0) {
      return more(letter);
    }
    return text.size() == 0
        ? refuse(4, SocksReply.FAILED, "its name is empty")
        : asked(4, text.toString(StandardCharsets.ISO_8859_1), port);
  }

  private byte[] more(byte letter) {
    if (text.size() == MAX_TEXT) {
      return refuse(4, SocksReply.FAILED, "its name or user name is too long");
    }
    text.write(letter);
    return NOTHING;
  }
}
