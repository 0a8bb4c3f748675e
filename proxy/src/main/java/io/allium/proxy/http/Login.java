package io.allium.proxy.http;

import io.allium.proxy.ProxyOptions;
import io.allium.proxy.internal.Outbound;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;

/** Who asks (RFC 7617): the password lets in, the user name chooses the session. */
final class Login {
  private static final String BASIC = "Basic ";

  private Login() {}

  /** The purpose of whoever asks. */
  static String purpose(HttpMessage request, ProxyOptions options) throws Refusal {
    Header[] all = request.getHeaders("Proxy-Authorization");
    if (all.length > 1) {
      throw new Refusal(400, "The request has two passwords: send one");
    }
    byte[] given = all.length == 0 ? new byte[0] : decode(String.valueOf(all[0].getValue()));
    int colon = 0;
    while (colon < given.length && given[colon] != ':') {
      colon++;
    }
    byte[] password = Arrays.copyOfRange(given, Math.min(colon + 1, given.length), given.length);
    if (!options.admits(password)) {
      throw new Refusal(Page.login());
    }
    return Outbound.purpose(new String(given, 0, colon, StandardCharsets.ISO_8859_1));
  }

  /** What is of another scheme is as good as nothing. */
  private static byte[] decode(String header) {
    try {
      return header.regionMatches(true, 0, BASIC, 0, BASIC.length())
          ? Base64.getDecoder().decode(header.substring(BASIC.length()).strip())
          : new byte[0];
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
