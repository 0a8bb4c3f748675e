package io.allium;

import java.time.Duration;

/**
 * How to open a stream.
 *
 * @param localPort our I2P port, 0–65535; default 0
 * @param timeout how long connecting may take altogether, name lookup and one retry included; positive, default 90 s
 */
public record ConnectOptions(int localPort, Duration timeout) {
  /** How long connecting may take unless said otherwise: tunnels answer in seconds, a lost one costs a minute. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(90);

  /** Checks ranges. */
  public ConnectOptions {
    Checks.port(localPort);
    Checks.positive(timeout, "timeout");
  }

  /**
   * The defaults.
   *
   * @return port 0, 90 s
   */
  public static ConnectOptions defaults() {
    return new ConnectOptions(0, DEFAULT_TIMEOUT);
  }

  /**
   * These options with another timeout.
   *
   * @param newTimeout positive
   * @return a copy
   */
  public ConnectOptions withTimeout(Duration newTimeout) {
    return new ConnectOptions(localPort, newTimeout);
  }

  /**
   * These options with another local port.
   *
   * @param newPort 0–65535
   * @return a copy
   */
  public ConnectOptions withLocalPort(int newPort) {
    return new ConnectOptions(newPort, timeout);
  }
}
