package io.allium;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamException;
import java.io.Serial;
import java.io.Serializable;
import java.net.SocketAddress;
import java.util.Objects;

/**
 * An {@link I2pName} with an I2P port: where a stream goes to or comes from.
 *
 * <p>Not an {@code InetSocketAddress}: it has no IP address and nothing can resolve it. Immutable and safe on any
 * thread. Serialised as its text.
 */
public final class I2pAddress extends SocketAddress {
  @Serial
  private static final long serialVersionUID = 1;

  /** The highest I2P port. */
  public static final int MAX_PORT = 65535;

  private final transient I2pName name;
  private final transient int port;

  private I2pAddress(I2pName name, int port) {
    this.name = Objects.requireNonNull(name, "name");
    this.port = port;
  }

  /**
   * Makes an address.
   *
   * @param name whom to reach
   * @param port the I2P port, 0–65535; 0 is what programs without ports use
   * @return the address
   * @throws IllegalArgumentException if the port is out of range
   */
  public static I2pAddress of(I2pName name, int port) {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("An I2P port is a number from 0 to 65535, not " + port);
    }
    return new I2pAddress(name, port);
  }

  /**
   * Reads {@code name:port}.
   *
   * @param text a name as {@link I2pName#parse} reads it, a colon and a port
   * @return the address
   * @throws I2pException of kind {@code NAME_INVALID} if the name or the port is malformed, or there is no port
   */
  public static I2pAddress parse(String text) throws I2pException {
    if (text.contains("://")) {
      throw new I2pException(
          ErrorKind.NAME_INVALID,
          "An I2P address has no scheme: write it as name:port, for example example.i2p:80");
    }
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new I2pException(
          ErrorKind.NAME_INVALID,
          "The address has no port: write it as name:port, for example example.i2p:80");
    }
    return of(I2pName.parse(text.substring(0, colon)), parsePort(text.substring(colon + 1)));
  }

  /**
   * Reads {@code name:port} or {@code name}.
   *
   * @param text a name as {@link I2pName#parse} reads it, perhaps followed by a colon and a port
   * @param defaultPort the port if the text has none, 0–65535
   * @return the address
   * @throws I2pException of kind {@code NAME_INVALID} if the name or the port is malformed
   * @throws IllegalArgumentException if the default port is out of range
   */
  public static I2pAddress parse(String text, int defaultPort) throws I2pException {
    return text.indexOf(':') < 0 ? of(I2pName.parse(text), defaultPort) : parse(text);
  }

  private static int parsePort(String text) throws I2pException {
    boolean digits =
        !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int port = digits ? Integer.parseInt(text) : -1;
    if (port < 0 || port > MAX_PORT) {
      throw new I2pException(
          ErrorKind.NAME_INVALID,
          "What follows the colon is not an I2P port: it is a number from 0 to 65535");
    }
    return port;
  }

  /**
   * The name.
   *
   * @return whom this address reaches
   */
  public I2pName name() {
    return name;
  }

  /**
   * The I2P port.
   *
   * @return 0–65535
   */
  public int port() {
    return port;
  }

  /**
   * The whole address, as {@link #parse(String)} reads it back.
   *
   * @return {@code name:port}
   */
  public String text() {
    return name.text() + ":" + port;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof I2pAddress that && port == that.port && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + port;
  }

  /**
   * The address shortened for people and logs.
   *
   * @return the shortened name, a colon and the port
   */
  @Override
  public String toString() {
    return name + ":" + port;
  }

  /**
   * The text stands for the address: names are not serialisable themselves.
   *
   * @return what is written instead
   */
  @Serial
  private Object writeReplace() {
    return new Serialised(text());
  }

  /**
   * Keeps a forged stream from making an address that was never checked.
   *
   * @param in not read
   * @throws InvalidObjectException always
   */
  @Serial
  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("An I2pAddress is serialised as its text");
  }

  private record Serialised(String text) implements Serializable {
    @Serial
    private Object readResolve() throws ObjectStreamException {
      try {
        return parse(text);
      } catch (I2pException e) {
        InvalidObjectException invalid = new InvalidObjectException("Not an I2P address");
        invalid.initCause(e);
        throw invalid;
      }
    }
  }
}
