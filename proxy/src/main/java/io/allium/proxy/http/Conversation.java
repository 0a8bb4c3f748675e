package io.allium.proxy.http;

import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.I2pStream;
import io.allium.proxy.ProxyOptions;
import io.allium.proxy.forward.Relay;
import io.allium.proxy.internal.Outbound;
import io.allium.proxy.internal.Sockets;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;

/** One connection of a browser: requests, one after the other, each read and checked by itself. */
final class Conversation {
  /** Between two requests. A browser opens a new connection when it needs one; a place is for those who are here. */
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final Socket local;
  private final Outbound outbound;
  private final ProxyOptions options;
  private final Nicknames nicknames;
  private final Duration patience;
  private final Wire client;
  private @Nullable SiteConnection kept;

  /**
   * Begins one.
   *
   * @param patience how long the head of a request may take
   */
  Conversation(
      Socket local, Outbound outbound, ProxyOptions options, Nicknames nicknames, Duration patience)
      throws IOException {
    this.local = local;
    this.outbound = outbound;
    this.options = options;
    this.nicknames = nicknames;
    this.patience = patience;
    client = new Wire(
        local.getInputStream(),
        local.getOutputStream(),
        limit -> local.setSoTimeout((int) Math.max(1, limit.toMillis())));
  }

  /** Answers until one side has enough. */
  void run() throws IOException {
    try {
      boolean more = true;
      while (more && client.await(IDLE)) {
        more = next();
      }
    } finally {
      closeKept();
    }
  }

  private boolean next() throws IOException {
    String method = "";
    try {
      ClassicHttpRequest request = read();
      method = request.getMethod();
      String purpose = Login.purpose(request, options);
      if (method.equals("CONNECT")) {
        connect(request, purpose);
        return false;
      }
      return fetch(request, purpose);
    } catch (Refusal e) {
      answer(e.page(), method);
    } catch (ProtocolException e) {
      answer(malformed(), method);
    }
    return false;
  }

  private ClassicHttpRequest read() throws IOException, Refusal {
    try {
      ClassicHttpRequest request = client.request(patience);
      Framing.of(request, 0);
      return request;
    } catch (RequestHeaderFieldsTooLargeException | MessageConstraintException e) {
      throw new Refusal(
          431, "The headers of the request are too many or too large: delete cookies of the site");
    } catch (HttpException e) {
      throw new Refusal(malformed());
    }
  }

  /** The library's text would repeat the request. */
  private static Page malformed() {
    return Page.of(
        400, "The request is not well-formed HTTP 1: it went nowhere, try another client");
  }

  private void answer(Page page, String method) throws IOException {
    List<Header> headers = new ArrayList<>();
    page.allHeaders().forEach((name, value) -> headers.add(new BasicHeader(name, value)));
    client.head("HTTP/1.1 " + page.status() + " " + Page.reason(page.status()), headers);
    if (!method.equals("HEAD")) {
      local.getOutputStream().write(page.body());
    }
    Sockets.closeAfterAnswer(local);
  }

  private static void requireSameHost(ClassicHttpRequest request, SiteTarget target)
      throws Refusal {
    Header[] hosts = request.getHeaders("Host");
    if (hosts.length > 1 || hosts.length == 0 && !Exchange.isOld(request)) {
      throw new Refusal(400, "A request has one header Host: send it once");
    }
    if (hosts.length == 1) {
      target.requireSame(String.valueOf(hosts[0].getValue()).strip());
    }
  }

  private void connect(ClassicHttpRequest request, String purpose) throws IOException, Refusal {
    SiteTarget target = SiteTarget.authority(request.getRequestUri());
    requireSameHost(request, target);
    if (request.getFirstHeader("Content-Length") != null
        || request.getFirstHeader("Transfer-Encoding") != null) {
      throw new Refusal(400, "CONNECT has no body: leave out its length");
    }
    if (nicknames.get(purpose, target.name()).isPresent()) {
      throw new Refusal(
          403,
          "Through CONNECT the site would learn the name that a link gave it: use its b32 address");
    }
    I2pStream stream;
    try {
      stream = outbound.connect(purpose, target.name(), target.port());
    } catch (I2pException e) {
      throw Refusal.of(e);
    }
    InputStream fromLocal;
    try {
      client.head("HTTP/1.1 200 Connection established", List.of());
      local.setSoTimeout(0);
      fromLocal = client.rest(local.getInputStream());
    } catch (IOException e) {
      stream.cancel();
      throw e;
    }
    Relay.carry(local, fromLocal, stream);
  }

  private boolean fetch(ClassicHttpRequest request, String purpose)
      throws IOException, Refusal, ProtocolException {
    SiteTarget target = SiteTarget.absolute(request.getRequestUri());
    requireSameHost(request, target);
    if (request.getMethod().equals("TRACE")) {
      throw new Refusal(405, "TRACE would show what a browser hides: use another method");
    }
    AddressHelper helper = AddressHelper.of(target.path());
    if (helper.address() != null) {
      nicknames.learn(purpose, target, helper);
      if (Set.of("GET", "HEAD").contains(request.getMethod())) {
        throw new Refusal(Page.redirect(target.withPath(helper.rest()).url()));
      }
    }
    Optional<I2pName> meant = nicknames.get(purpose, target.name());
    I2pName name = meant.orElse(target.name());
    String told = meant.map(Nicknames::base32).orElse(name.text()) + target.portSuffix();
    Exchange exchange = new Exchange(client, request, target.withPath(helper.rest()), told);
    if (kept != null && !(exchange.isRepeatable() && kept.isTo(purpose, name, target.port()))) {
      closeKept();
    }
    SiteConnection idle = kept;
    kept = null;
    boolean more = exchange.run(idle, () -> open(purpose, name, target.port()));
    kept = exchange.kept();
    return more;
  }

  private SiteConnection open(String purpose, I2pName name, int port) throws Refusal {
    try {
      return SiteConnection.open(outbound, purpose, name, port);
    } catch (I2pException e) {
      throw Refusal.of(e);
    }
  }

  private void closeKept() {
    if (kept != null) {
      kept.close();
      kept = null;
    }
  }
}
