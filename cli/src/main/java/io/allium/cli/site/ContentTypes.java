package io.allium.cli.site;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What browsers need to know of a file to do the right thing with it, by its name. A table of our own: that of the
 * machine would tell visitors about the machine.
 */
final class ContentTypes {
  private static final String OTHER = "application/octet-stream";

  private static final String TABLE = """
      text/html html htm
      application/xhtml+xml xhtml xht
      text/css css
      text/javascript js mjs
      application/json json map webmanifest
      application/ld+json jsonld
      application/geo+json geojson
      application/wasm wasm
      application/xml xml xsl xsd
      application/rss+xml rss
      application/atom+xml atom
      text/plain txt text log asc conf sha256 sha512
      text/markdown md markdown
      text/csv csv
      text/tab-separated-values tsv
      text/calendar ics
      text/vcard vcf
      text/vtt vtt
      text/x-diff diff patch
      image/png png apng
      image/jpeg jpg jpeg
      image/gif gif
      image/webp webp
      image/avif avif
      image/svg+xml svg
      image/bmp bmp
      image/tiff tif tiff
      image/jxl jxl
      image/vnd.microsoft.icon ico
      font/woff woff
      font/woff2 woff2
      font/ttf ttf
      font/otf otf
      audio/mpeg mp3
      audio/mp4 m4a
      audio/aac aac
      audio/ogg ogg oga opus
      audio/flac flac
      audio/wav wav
      audio/midi mid midi
      video/mp4 mp4 m4v
      video/webm webm
      video/ogg ogv
      video/quicktime mov
      video/x-matroska mkv
      video/mp2t ts
      application/vnd.apple.mpegurl m3u8
      application/pdf pdf
      application/epub+zip epub
      application/rtf rtf
      application/zip zip
      application/gzip gz tgz
      application/x-bzip2 bz2
      application/x-xz xz
      application/zstd zst
      application/x-tar tar
      application/x-7z-compressed 7z
      application/java-archive jar
      application/x-bittorrent torrent
      application/pgp-signature sig
      """;

  private static final Map<String, String> BY_SUFFIX = read();

  private ContentTypes() {}

  private static Map<String, String> read() {
    Map<String, String> types = new HashMap<>();
    TABLE.lines().forEach(line -> {
      String[] words = line.split(" ", -1);
      for (int i = 1; i < words.length; i++) {
        types.put(words[i], words[0].startsWith("text/") ? words[0] + "; charset=utf-8" : words[0]);
      }
    });
    return Map.copyOf(types);
  }

  static String of(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0
        ? OTHER
        : BY_SUFFIX.getOrDefault(name.substring(dot + 1).toLowerCase(Locale.ROOT), OTHER);
  }
}
