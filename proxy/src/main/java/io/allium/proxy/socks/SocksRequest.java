package io.allium.proxy.socks;

/**
 * What a program asked for.
 *
 * @param version 4 or 5
 * @param host as it was given, never an IP address in binary form
 * @param port 0–65535
 * @param user empty if the program gave none
 */
record SocksRequest(int version, String host, int port, String user) {
  /** Keeps the name out of logs: it says what somebody visits. */
  @Override
  public String toString() {
    return "SocksRequest[version=" + version + ", port=" + port + "]";
  }
}
