package io.allium.proxy.socks;

import io.allium.ErrorKind;

/** What a SOCKS server answers to a request (RFC 1928, section 6; SOCKS 4A). */
enum SocksReply {
  GRANTED(0x00),
  FAILED(0x01),
  NOT_ALLOWED(0x02),
  NETWORK_UNREACHABLE(0x03),
  HOST_UNREACHABLE(0x04),
  REFUSED(0x05),
  TIMED_OUT(0x06),
  NO_SUCH_COMMAND(0x07),
  NO_SUCH_ADDRESS(0x08);

  private static final byte SOCKS4_GRANTED = 0x5A;
  private static final byte SOCKS4_REFUSED = 0x5B;

  private final int code;

  SocksReply(int code) {
    this.code = code;
  }

  static SocksReply of(ErrorKind kind) {
    return switch (kind) {
      case NAME_INVALID -> NO_SUCH_ADDRESS;
      case NAME_NOT_FOUND, LEASESET_NOT_FOUND, PEER_UNREACHABLE -> HOST_UNREACHABLE;
      case PEER_REFUSED, PEER_RESET -> REFUSED;
      case TIMEOUT -> TIMED_OUT;
      case TUNNELS_NOT_READY, SESSION_LOST, ROUTER_UNREACHABLE, ROUTER_REFUSED, ROUTER_ERROR ->
        NETWORK_UNREACHABLE;
      default -> FAILED;
    };
  }

  /** The address in it is 0.0.0.0:0: there is none to tell. */
  byte[] bytes(int version) {
    return version == 4
        ? new byte[] {0, this == GRANTED ? SOCKS4_GRANTED : SOCKS4_REFUSED, 0, 0, 0, 0, 0, 0}
        : new byte[] {5, (byte) code, 0, 1, 0, 0, 0, 0, 0, 0};
  }
}
