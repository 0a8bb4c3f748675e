package io.allium.proxy.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;

/**
 * A page of the proxy. It loads nothing, no other page can frame it, and nothing in it was taken over as markup.
 *
 * @param headers those beyond the ones that every page has
 */
record Page(int status, String html, Map<String, String> headers) {
  /** Nothing is loaded, and forms lead only to where the page is. */
  private static final String POLICY =
      "default-src 'none'; form-action 'self'; frame-ancestors 'none'";

  static Page of(int status, String text) {
    return new Page(status, document(status, paragraph(text)), Map.of());
  }

  /** Asks for a password. */
  static Page login() {
    return new Page(
        407,
        document(
            407,
            paragraph("The proxy needs a password: give it with any user name to the browser")),
        Map.of("Proxy-Authenticate", "Basic realm=\"Allium\", charset=\"UTF-8\""));
  }

  /** Leads elsewhere on the same site. */
  static Page redirect(String location) {
    return new Page(302, document(302, ""), Map.of("Location", location));
  }

  /**
   * Asks whether a name shall mean something else from now on.
   *
   * @param hidden what the answer has, name and value
   */
  static Page conflict(
      String host,
      String known,
      String offered,
      String action,
      List<Map.Entry<String, String>> hidden) {
    StringBuilder form = new StringBuilder();
    form.append(
        paragraph(host + " already has an address here, and this link gives it another one: "
            + "go on only if you trust where the link came from"));
    form.append(paragraph("The address so far: " + known));
    form.append(paragraph("The address of the link: " + offered));
    form.append("<form method=\"get\" action=\"").append(escape(action)).append("\">");
    hidden.forEach(field -> form.append("<input type=\"hidden\" name=\"")
        .append(escape(field.getKey()))
        .append("\" value=\"")
        .append(escape(field.getValue()))
        .append("\">"));
    form.append("<button>Use the address of the link</button></form>");
    return new Page(409, document(409, form.toString()), Map.of());
  }

  byte[] body() {
    return html.getBytes(StandardCharsets.UTF_8);
  }

  /** Everything in the order it is sent. */
  Map<String, String> allHeaders() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Content-Type", "text/html; charset=utf-8");
    all.put("Content-Length", String.valueOf(body().length));
    all.put("Cache-Control", "no-store");
    all.put("Content-Security-Policy", POLICY);
    all.put("X-Frame-Options", "DENY");
    all.put("X-Content-Type-Options", "nosniff");
    all.put("Referrer-Policy", "no-referrer");
    all.putAll(headers);
    all.put("Connection", "close");
    return all;
  }

  static String reason(int status) {
    String reason = EnglishReasonPhraseCatalog.INSTANCE.getReason(status, Locale.ROOT);
    return reason == null ? "" : reason;
  }

  private static String document(int status, String content) {
    String title = escape("Allium: " + status + " " + reason(status));
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title
        + "</title></head>\n<body><h1>" + title + "</h1>\n" + content + "</body></html>\n";
  }

  private static String paragraph(String text) {
    return "<p>" + escape(text) + ".</p>\n";
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
