package io.allium.proxy.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.MessageSupport;

/** Which headers go through. What is not known to be harmless does not, so that programs of all kinds look alike. */
final class SiteHeaders {
  /** What the proxies of both routers send: one more program that looks the same. */
  static final String USER_AGENT = "MYOB/6.66 (AN/ON)";

  /** In the order in which they are sent. */
  private static final List<String> PASSED = List.of(
      "Authorization",
      "Cookie",
      "Content-Type",
      "Content-Encoding",
      "Range",
      "If-Range",
      "If-Match",
      "If-None-Match",
      "If-Modified-Since",
      "If-Unmodified-Since",
      "Cache-Control",
      "Last-Event-ID",
      "X-Requested-With",
      "X-CSRF-Token");

  /** Of an answer: they are about one hop, or lead past the proxy. */
  private static final Set<String> NOT_ANSWERED = Set.of(
      "connection",
      "keep-alive",
      "proxy-connection",
      "proxy-authenticate",
      "proxy-authentication-info",
      "te",
      "trailer",
      "transfer-encoding",
      "upgrade",
      "alt-svc");

  private SiteHeaders() {}

  /**
   * The headers of a request without those of its length.
   *
   * @param told what the site is called towards itself, with its port
   */
  static List<Header> ofRequest(HttpMessage request, SiteTarget target, String told) {
    List<Header> headers = new ArrayList<>();
    headers.add(new BasicHeader("Host", told));
    headers.add(new BasicHeader("User-Agent", USER_AGENT));
    if (offersGzip(request)) {
      headers.add(new BasicHeader("Accept-Encoding", "gzip"));
    }
    referer(request, target, told)
        .ifPresent(value -> headers.add(new BasicHeader("Referer", value)));
    origin(request, target, told).ifPresent(value -> headers.add(new BasicHeader("Origin", value)));
    Set<String> ofThisHop = ofThisHop(request);
    for (String name : PASSED) {
      if (!ofThisHop.contains(name.toLowerCase(Locale.ROOT))) {
        for (Header header : request.getHeaders(name)) {
          headers.add(new BasicHeader(name, header.getValue()));
        }
      }
    }
    return headers;
  }

  /**
   * The headers of an answer without {@code Transfer-Encoding}.
   *
   * @param withLength whether its length goes through
   */
  static List<Header> ofResponse(HttpMessage response, boolean withLength) {
    Set<String> ofThisHop = ofThisHop(response);
    List<Header> headers = new ArrayList<>();
    for (Header header : response.getHeaders()) {
      String name = header.getName().toLowerCase(Locale.ROOT);
      boolean isLength = name.equals("content-length");
      if (isLength ? withLength : !NOT_ANSWERED.contains(name) && !ofThisHop.contains(name)) {
        headers.add(new BasicHeader(header.getName(), header.getValue()));
      }
    }
    return headers;
  }

  static boolean has(HttpMessage message, String name, String token) {
    return tokens(message, name).contains(token);
  }

  private static Set<String> ofThisHop(HttpMessage message) {
    return tokens(message, "Connection");
  }

  private static Set<String> tokens(HttpMessage message, String name) {
    Set<String> tokens = new HashSet<>();
    MessageSupport.parseTokens(message, name, token -> tokens.add(token.toLowerCase(Locale.ROOT)));
    return tokens;
  }

  /** Which codings a program knows, and how it lists them, tells which program it is. */
  private static boolean offersGzip(HttpMessage request) {
    return tokens(request, "Accept-Encoding").stream()
        .map(offer -> offer.replace(" ", ""))
        .anyMatch(offer -> offer.startsWith("gzip") && !offer.matches("gzip;q=0(\\.0*)?"));
  }

  private static Optional<String> referer(HttpMessage request, SiteTarget target, String told) {
    return same(request, "Referer", target)
        .map(from -> "http://" + told + AddressHelper.of(from.path()).rest());
  }

  /** An origin that is left out looks harmless to a site that checks it; {@code null} is what nobody trusts. */
  private static Optional<String> origin(HttpMessage request, SiteTarget target, String told) {
    if (request.getFirstHeader("Origin") == null) {
      return Optional.empty();
    }
    return Optional.of(
        same(request, "Origin", target).map(same -> "http://" + told).orElse("null"));
  }

  private static Optional<SiteTarget> same(HttpMessage request, String name, SiteTarget target) {
    Header[] all = request.getHeaders(name);
    return all.length == 1
        ? SiteTarget.referred(String.valueOf(all[0].getValue())).filter(target::isSameSite)
        : Optional.empty();
  }
}
