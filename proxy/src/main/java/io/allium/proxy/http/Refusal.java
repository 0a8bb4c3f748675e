package io.allium.proxy.http;

import io.allium.ErrorKind;
import io.allium.I2pException;
import java.io.Serial;

/** A request that is answered by a page of the proxy. */
final class Refusal extends Exception {
  @Serial
  private static final long serialVersionUID = 1;

  private final transient Page page;

  Refusal(Page page) {
    super(String.valueOf(page.status()), null, false, false);
    this.page = page;
  }

  /** With one sentence for a person. */
  Refusal(int status, String text) {
    this(Page.of(status, text));
  }

  static Refusal of(I2pException e) {
    return new Refusal(status(e.kind()), String.valueOf(e.getMessage()));
  }

  private static int status(ErrorKind kind) {
    return switch (kind) {
      case NAME_INVALID -> 400;
      case TIMEOUT -> 504;
      case UNSUPPORTED, TUNNELS_NOT_READY, SESSION_LOST, CLOSED -> 503;
      default -> kind.place() == ErrorKind.Place.ROUTER ? 503 : 502;
    };
  }

  Page page() {
    return page;
  }
}
