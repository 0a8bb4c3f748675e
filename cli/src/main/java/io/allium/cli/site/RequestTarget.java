package io.allium.cli.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a request asks for.
 *
 * @param names from the served folder down to what is asked for; empty for the folder itself
 * @param folder whether it ends like the path of a folder
 * @param query with its question mark, or empty
 */
record RequestTarget(List<String> names, boolean folder, String query) {
  RequestTarget {
    names = List.copyOf(names);
  }

  /**
   * Reads the target of a request as it came, each character a byte. As in other servers, several slashes count as one.
   *
   * @return empty if it is no path, or one that no file can have
   */
  static Optional<RequestTarget> parse(String raw) {
    String target = withoutSite(raw);
    if (!target.startsWith("/")) {
      return Optional.empty();
    }
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    List<String> names = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (!part.isEmpty()) {
        Optional<String> name = PercentEncoding.decode(part);
        if (name.isEmpty() || name.get().indexOf('/') >= 0 || name.get().indexOf('\0') >= 0) {
          return Optional.empty();
        }
        names.add(name.get());
      }
    }
    return Optional.of(new RequestTarget(
        names, path.endsWith("/"), question < 0 ? "" : target.substring(question)));
  }

  /** A proxy may send the whole address (RFC 9112, 3.2.2). */
  private static String withoutSite(String raw) {
    if (!raw.regionMatches(true, 0, "http://", 0, 7)) {
      return raw;
    }
    int end = 7;
    while (end < raw.length() && "/?".indexOf(raw.charAt(end)) < 0) {
      end++;
    }
    return raw.startsWith("/", end) ? raw.substring(end) : "/" + raw.substring(end);
  }

  /** The same place as a folder, on this site: never two slashes first, which would name another. */
  String asFolder() {
    StringBuilder path = new StringBuilder("/");
    for (String name : names) {
      path.append(PercentEncoding.encode(name, PercentEncoding.COMPONENT)).append('/');
    }
    return path + query;
  }
}
