package io.allium.proxy.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a query that says what a host name stands for, taken out of a path.
 *
 * @param address decoded; null if there is none
 * @param token of our own page, decoded; empty if there is none
 * @param rest the path without them, as it came
 */
record AddressHelper(@Nullable String address, String token, String rest) {
  static final String PARAMETER = "i2paddresshelper";
  static final String TOKEN = "i2paddresshelper-token";

  static AddressHelper of(String path) {
    int query = path.indexOf('?');
    if (query < 0 || !path.contains(PARAMETER)) {
      return new AddressHelper(null, "", path);
    }
    String address = null;
    String token = "";
    List<String> kept = new ArrayList<>();
    for (String part : path.substring(query + 1).split("&", -1)) {
      Map.Entry<String, String> pair = pair(part);
      switch (pair.getKey()) {
        case PARAMETER -> address = pair.getValue();
        case TOKEN -> token = pair.getValue();
        default -> kept.add(part);
      }
    }
    String left = String.join("&", kept);
    return new AddressHelper(
        address, token, path.substring(0, query) + (left.isEmpty() ? "" : "?" + left));
  }

  /** The query that is left, decoded, for a form. */
  List<Map.Entry<String, String>> fields() {
    int query = rest.indexOf('?');
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    if (query >= 0) {
      for (String part : rest.substring(query + 1).split("&", -1)) {
        fields.add(pair(part));
      }
    }
    return fields;
  }

  String restWithoutQuery() {
    int query = rest.indexOf('?');
    return query < 0 ? rest : rest.substring(0, query);
  }

  private static Map.Entry<String, String> pair(String part) {
    int equals = part.indexOf('=');
    return new SimpleImmutableEntry<>(
        decode(equals < 0 ? part : part.substring(0, equals)),
        decode(equals < 0 ? "" : part.substring(equals + 1)));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a site may have its own idea of a percent sign
    }
  }
}
