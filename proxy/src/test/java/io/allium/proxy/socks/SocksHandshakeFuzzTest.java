package io.allium.proxy.socks;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.allium.proxy.ProxyOptions;
import java.util.Arrays;

/** Whatever comes in, it ends within its limits. Set JAZZER_FUZZ=1 to search. */
class SocksHandshakeFuzzTest {
  /** 1 + 1 + 255, 2 + 256 + 255, 4 + 1 + 257, and SOCKS 4A is shorter. */
  private static final int LONGEST = 1 + 1 + 255 + 2 + 256 + 255 + 4 + 1 + 257;

  @FuzzTest(maxDuration = "60s")
  void handshakes(byte[] input) {
    SocksHandshake handshake =
        new SocksHandshake(ProxyOptions.builder().password("pw".toCharArray()).build());
    int at = 0;
    while (handshake.wanted() > 0 && at + handshake.wanted() <= input.length) {
      byte[] next = Arrays.copyOfRange(input, at, at + handshake.wanted());
      at += next.length;
      check(handshake.take(next).length <= 10, "an answer is too long");
      check(at <= LONGEST, "it takes too much");
    }
    handshake
        .request()
        .ifPresent(request -> check(
            !request.host().isEmpty() && request.host().length() <= 255 && request.version() == 5,
            "a request that should have been refused"));
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
