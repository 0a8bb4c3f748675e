package io.allium.cli.site;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The page of a folder that has none of its own. */
final class Listing {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Listing() {}

  static String of(RequestTarget target, Folder.Content content) {
    String path = escape("/" + String.join("/", target.names()));
    StringBuilder page = new StringBuilder("""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>%1$s</title>
        <style>
        body { font-family: sans-serif }
        td, th { padding: 0.1em 1em 0.1em 0; text-align: left }
        .n { text-align: right }
        </style>
        </head>
        <body>
        <h1>%1$s</h1>
        <table>
        <tr><th>Name</th><th class="n">Bytes</th><th>Changed (UTC)</th></tr>
        """.replace("%1$s", path));
    if (!target.names().isEmpty()) {
      page.append("<tr><td><a href=\"../\">../</a></td><td></td><td></td></tr>\n");
    }
    content.entries().forEach(entry -> page.append(row(entry)));
    page.append("</table>\n");
    if (!content.whole()) {
      page.append("<p>There is more, which is not listed.</p>\n");
    }
    return page.append("</body>\n</html>\n").toString();
  }

  private static String row(Folder.Found entry) {
    String end = entry.folder() ? "/" : "";
    return "<tr><td><a href=\"./" + PercentEncoding.encode(entry.name(), PercentEncoding.COMPONENT)
        + end + "\">" + escape(entry.name()) + end + "</a></td><td class=\"n\">"
        + (entry.folder() ? "" : entry.size()) + "</td><td>" + TIME.format(entry.modified())
        + "</td></tr>\n";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
