package io.allium;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The kinds are promises to every program: where it went wrong, whether to try again, whether it may have happened. */
class ErrorKindTest {
  private static final String PROMISES = """
      CONFIG_INVALID US
      NAME_INVALID US
      KEY_INVALID US
      MESSAGE_TOO_LARGE US
      CLOSED US unknown
      INTERRUPTED US unknown
      UNSUPPORTED US
      INTERNAL US unknown
      ROUTER_UNREACHABLE ROUTER retry
      ROUTER_REFUSED ROUTER
      ROUTER_ERROR ROUTER retry unknown
      SESSION_LOST ROUTER retry unknown
      PROTOCOL_VIOLATION ROUTER unknown
      ID_IN_USE ROUTER retry
      DESTINATION_IN_USE ROUTER retry
      NAME_NOT_FOUND NETWORK
      LEASESET_NOT_FOUND NETWORK retry
      TUNNELS_NOT_READY NETWORK retry
      TIMEOUT NETWORK retry unknown
      PEER_UNREACHABLE PEER retry
      PEER_REFUSED PEER retry
      PEER_RESET PEER retry unknown
      """;

  @Test
  void theTableIsKept() {
    String table = Arrays.stream(ErrorKind.values())
        .map(kind -> kind + " " + kind.place() + (kind.retryable() ? " retry" : "")
            + (kind.outcomeUnknown() ? " unknown" : "") + "\n")
        .collect(Collectors.joining());
    assertThat(table).isEqualTo(PROMISES);
  }
}
