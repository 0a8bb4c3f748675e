package io.allium;

import io.allium.internal.values.Checks;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How to open a datagram port. Immutable; start from {@link #of} or {@link #builder}.
 *
 * @see <a href="https://geti2p.net/en/docs/api/samv3">SAM 3.2, SESSION CREATE: PROTOCOL, LISTEN_PORT, HEADER</a>
 */
public final class DatagramOptions {
  /** How many datagrams wait at a port at most: a receiver with a longer queue would not catch up. */
  public static final int MAX_WAITING = 4096;

  /** How many bytes wait at a port at most: payloads, with the senders that are kept for them. */
  public static final long MAX_WAITING_BYTES = 4L << 20;

  /** I2CP's numbers of streams, repliable datagrams, Datagram2 and Datagram3: no raw datagram has them. */
  private static final Set<Integer> TAKEN_NUMBERS = Set.of(6, 17, 19, 20);

  private final Protocol protocol;
  private final int localPort;
  private final OptionalInt listenPort;
  private final int number;
  private final OptionalInt listenNumber;
  private final boolean header;

  private DatagramOptions(Builder builder) {
    protocol = builder.protocol;
    localPort = builder.localPort;
    listenPort = builder.listenPort;
    number = builder.number;
    listenNumber = builder.listenNumber;
    header = builder.header;
  }

  /**
   * The defaults of a kind of datagrams.
   *
   * @param protocol any but {@link Protocol#STREAM}
   * @param localPort the port to send from and receive at, 0–65535
   * @return the options
   */
  public static DatagramOptions of(Protocol protocol, int localPort) {
    return builder(protocol).localPort(localPort).build();
  }

  /**
   * Starts from the defaults of a kind of datagrams.
   *
   * @param protocol any but {@link Protocol#STREAM}
   * @return a builder
   */
  public static Builder builder(Protocol protocol) {
    return new Builder(protocol);
  }

  /**
   * What it sends and receives.
   *
   * @return any but {@link Protocol#STREAM}
   */
  public Protocol protocol() {
    return protocol;
  }

  /**
   * The I2P port that datagrams are sent from.
   *
   * @return 0–65535, default 0
   */
  public int localPort() {
    return localPort;
  }

  /**
   * The I2P port whose datagrams are received.
   *
   * @return 0–65535, 0 for all; default {@link #localPort()}
   */
  public int listenPort() {
    return listenPort.orElse(localPort);
  }

  /**
   * The I2CP protocol number of what is sent.
   *
   * @return for raw datagrams 0–254, not 6, 17, 19 or 20, default 18; else that of {@link #protocol()}
   */
  public int number() {
    return number;
  }

  /**
   * The I2CP protocol number of what is received.
   *
   * @return for raw datagrams 0–254, not 6, 0 for all, default {@link #number()}; else that of {@link #protocol()}
   */
  public int listenNumber() {
    return listenNumber.orElse(number);
  }

  /**
   * Whether raw datagrams come with their ports and protocol number.
   *
   * @return default true
   */
  public boolean header() {
    return header;
  }

  /** All of them. */
  @Override
  public String toString() {
    return "DatagramOptions[" + protocol + ", localPort=" + localPort + ", listenPort="
        + listenPort() + ", number=" + number + ", listenNumber=" + listenNumber() + ", header="
        + header + "]";
  }

  /** Whether a raw datagram may be sent under this number. */
  static boolean isFreeNumber(int number) {
    return number >= 0 && number <= SendOptions.MAX_NUMBER && !TAKEN_NUMBERS.contains(number);
  }

  /** Collects options; not for use by several threads at once. */
  public static final class Builder {
    private final Protocol protocol;
    private int localPort;
    private OptionalInt listenPort = OptionalInt.empty();
    private int number;
    private OptionalInt listenNumber = OptionalInt.empty();
    private boolean header = true;

    private Builder(Protocol protocol) {
      this.protocol = Objects.requireNonNull(protocol, "protocol");
      if (protocol == Protocol.STREAM) {
        throw new IllegalArgumentException("a stream is not a datagram: use connect and listen");
      }
      number = protocol.number();
    }

    /**
     * The I2P port that datagrams are sent from.
     *
     * @param value 0–65535, default 0
     * @return this
     */
    public Builder localPort(int value) {
      localPort = Checks.port(value);
      return this;
    }

    /**
     * The I2P port whose datagrams are received.
     *
     * @param value 0–65535, 0 for all; default the local port
     * @return this
     */
    public Builder listenPort(int value) {
      listenPort = OptionalInt.of(Checks.port(value));
      return this;
    }

    /**
     * The I2CP protocol number of what is sent; for raw datagrams only.
     *
     * @param value 0–254, not 6, 17, 19 or 20; default 18
     * @return this
     */
    public Builder number(int value) {
      requireRaw();
      if (!isFreeNumber(value)) {
        throw new IllegalArgumentException("protocol " + value + " is not one for raw datagrams");
      }
      number = value;
      return this;
    }

    /**
     * The I2CP protocol number of what is received; for raw datagrams only.
     *
     * @param value 0–254, not 6; 0 for all; default {@link #number}
     * @return this
     */
    public Builder listenNumber(int value) {
      requireRaw();
      if (value < 0 || value > SendOptions.MAX_NUMBER || value == Protocol.STREAM.number()) {
        throw new IllegalArgumentException(
            "protocol " + value + " is not one to receive raw datagrams of");
      }
      listenNumber = OptionalInt.of(value);
      return this;
    }

    /**
     * Whether raw datagrams come with their ports and protocol number.
     *
     * @param value default true
     * @return this
     */
    public Builder header(boolean value) {
      header = value;
      return this;
    }

    /**
     * Makes the options.
     *
     * @return immutable
     */
    public DatagramOptions build() {
      return new DatagramOptions(this);
    }

    private void requireRaw() {
      if (protocol != Protocol.RAW) {
        throw new IllegalArgumentException("only raw datagrams have a number of your choice");
      }
    }
  }
}
