package io.allium.proxy.http;

import io.allium.ErrorKind;
import io.allium.I2pException;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.MessageSupport;
import org.jspecify.annotations.Nullable;

/** One request to a site, and its answer. */
final class Exchange {
  /** Within the body of a request. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  /** For the thread that sends a body, once the site has answered; most sites read all of it before. */
  private static final Duration LAST_BYTES = Duration.ofSeconds(1);

  /** What may be asked twice: a site may have closed a kept stream just now. */
  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS");

  private static final System.Logger LOG = System.getLogger(Exchange.class.getName());

  /** Opens a connection to the site. */
  interface Opening {
    SiteConnection open() throws Refusal;
  }

  private final Wire client;
  private final ClassicHttpRequest request;
  private final String path;
  private final List<Header> headers;
  private final long length;
  private @Nullable Thread sending;
  private volatile boolean sent = true;
  private @Nullable SiteConnection kept;

  /**
   * Prepares it.
   *
   * @param told what the site is called towards itself, with its port
   */
  Exchange(Wire client, ClassicHttpRequest request, SiteTarget target, String told)
      throws ProtocolException {
    this.client = client;
    this.request = request;
    path = target.path();
    length = Framing.of(request, 0);
    headers = SiteHeaders.ofRequest(request, target, told);
    if (length == Framing.CHUNKED) {
      headers.add(new BasicHeader("Transfer-Encoding", "chunked"));
    } else if (request.getFirstHeader("Content-Length") != null) {
      headers.add(new BasicHeader("Content-Length", length));
    }
  }

  static boolean isOld(ClassicHttpRequest request) {
    return request.getVersion() != null && request.getVersion().lessEquals(HttpVersion.HTTP_1_0);
  }

  /** Whether it may go over a stream that the site may have ended meanwhile. */
  boolean isRepeatable() {
    return length == 0 && REPEATABLE.contains(request.getMethod());
  }

  /**
   * Asks and passes the answer on.
   *
   * @param idle a connection to the site that was kept
   * @return whether another request may follow on the client's connection
   */
  boolean run(@Nullable SiteConnection idle, Opening opening) throws IOException, Refusal {
    if (idle != null) {
      try {
        return pass(idle, ask(idle));
      } catch (AskedInVain e) {
        LOG.log(System.Logger.Level.DEBUG, "a kept stream to a site had ended");
      }
    }
    SiteConnection site = opening.open();
    try {
      return pass(site, ask(site));
    } catch (AskedInVain e) {
      throw e.refusal();
    }
  }

  /** The connection that may be used again; null if there is none. */
  @Nullable
  SiteConnection kept() {
    return kept;
  }

  private ClassicHttpResponse ask(SiteConnection site) throws IOException, AskedInVain {
    if (length != 0 && SiteHeaders.has(request, "Expect", "100-continue") && !isOld(request)) {
      client.head("HTTP/1.1 100 Continue", List.of());
    }
    try {
      site.ask(request.getMethod(), path, headers);
      if (length != 0) {
        sent = false;
        sending = Thread.ofVirtual().name("allium-http-body").start(() -> send(site));
      }
      ClassicHttpResponse response = site.answer();
      if (response.getCode() == 407) {
        throw new ProtocolException("the site asks for the password of a proxy");
      }
      Framing.of(response, Framing.UNTIL_CLOSE);
      return response;
    } catch (IOException | HttpException e) {
      site.cancel();
      throw new AskedInVain(e);
    }
  }

  private void send(SiteConnection site) {
    try {
      site.send(client.body(length, SILENCE), length);
      sent = true;
    } catch (I2pException e) {
      // the site may have answered all the same
      LOG.log(System.Logger.Level.DEBUG, () -> "a site did not take a body: " + e.getMessage());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, () -> "a body did not come: " + e.getMessage());
      site.cancel();
    }
  }

  private boolean pass(SiteConnection site, ClassicHttpResponse response) throws IOException {
    try {
      boolean hasBody = MessageSupport.canResponseHaveBody(request.getMethod(), response);
      long from = hasBody ? Framing.of(response, Framing.UNTIL_CLOSE) : 0;
      long to = from == Framing.CHUNKED && isOld(request) ? Framing.UNTIL_CLOSE : from;
      boolean more = to != Framing.UNTIL_CLOSE
          && !isOld(request)
          && !SiteHeaders.has(request, "Connection", "close")
          && !SiteHeaders.has(request, "Proxy-Connection", "close");
      List<Header> answer = SiteHeaders.ofResponse(response, to >= 0);
      if (to == Framing.CHUNKED) {
        answer.add(new BasicHeader("Transfer-Encoding", "chunked"));
      }
      if (!more) {
        answer.add(new BasicHeader("Connection", "close"));
      }
      int status = response.getCode();
      client.head("HTTP/1.1 " + status + " " + Page.reason(status), answer);
      if (from != 0) {
        client.send(site.body(from), to);
      }
      boolean whole = isSent();
      if (whole && from != Framing.UNTIL_CLOSE && SiteConnection.isKept(response)) {
        kept = site;
      }
      return more && whole;
    } catch (HttpException e) {
      throw new IOException(e);
    } finally {
      if (kept == null) {
        site.close();
      }
    }
  }

  private boolean isSent() {
    if (sending != null) {
      try {
        sending.join(LAST_BYTES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return sent;
  }

  /** No answer came, or none that can be passed on. */
  private static final class AskedInVain extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    AskedInVain(Exception cause) {
      super(cause);
    }

    Refusal refusal() {
      if (getCause() instanceof HttpException) {
        // its text quotes the site
        return new Refusal(
            502, "The site did not answer in HTTP that can be passed on: tell its owner");
      }
      return getCause() instanceof I2pException e && e.kind() == ErrorKind.TIMEOUT
          ? new Refusal(504, "The site did not answer in time: try again later")
          : new Refusal(502, "The site ended the stream before it answered: try again later");
    }
  }
}
