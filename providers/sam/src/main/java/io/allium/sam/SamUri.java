package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/** A router with SAM as text. */
final class SamUri {
  private SamUri() {}

  /** Repeats nothing of it where it is wrong: what stands in a URI by mistake may be a password. */
  static SamAt parse(URI uri) throws I2pException {
    String host = uri.getHost();
    boolean bare = uri.getRawPath() == null
        || uri.getRawPath().isEmpty()
        || uri.getRawPath().equals("/");
    if (host == null || !bare || uri.getRawFragment() != null) {
      throw invalid("write a router with SAM as sam://HOST:PORT, as in sam://127.0.0.1:7656");
    }
    try {
      SamAt at = SamAt.of(host, uri.getPort() < 0 ? SamAt.DEFAULT_PORT : uri.getPort());
      return uri.getRawQuery() == null ? at : with(at, uri.getRawQuery());
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  static String print(SamAt at) {
    StringBuilder text = new StringBuilder(at.address().toString());
    char separator = '?';
    if (at.datagrams() != DatagramWay.AUTO) {
      text.append(separator).append("datagrams=").append(at.datagrams().text());
      separator = '&';
    }
    if (at.udpPort().isPresent()) {
      text.append(separator).append("udp-port=").append(at.udpPort().getAsInt());
      separator = '&';
    }
    if (at.pendingAccepts() != SamAt.DEFAULT_PENDING_ACCEPTS) {
      text.append(separator).append("accepts=").append(at.pendingAccepts());
    }
    return text.toString();
  }

  private static SamAt with(SamAt plain, String query) throws I2pException {
    SamAt at = plain;
    Set<String> seen = new HashSet<>();
    for (String setting : query.split("&", -1)) {
      String key = setting.substring(0, Math.max(setting.indexOf('='), 0));
      String value = setting.substring(key.length() + (key.isEmpty() ? 0 : 1));
      if (!seen.add(key)) {
        throw unknownSetting();
      }
      at = switch (key) {
        case "datagrams" -> at.withDatagrams(way(value));
        case "udp-port" -> at.withUdpPort(number(value));
        case "accepts" -> at.withPendingAccepts(number(value));
        default -> throw unknownSetting();
      };
    }
    return at;
  }

  private static DatagramWay way(String value) throws I2pException {
    for (DatagramWay way : DatagramWay.values()) {
      if (way != DatagramWay.AUTO && way.text().equals(value)) {
        return way;
      }
    }
    throw unknownSetting();
  }

  /** 0, which no setting allows, for what is no number. */
  private static int number(String value) {
    return value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : 0;
  }

  private static I2pException unknownSetting() {
    return invalid(
        "after the ? a SAM router takes datagrams=udp or datagrams=in-band, udp-port=PORT, and"
            + " accepts=COUNT, joined by &, and nothing else");
  }

  private static I2pException invalid(String message) {
    return new I2pException(ErrorKind.CONFIG_INVALID, message);
  }
}
