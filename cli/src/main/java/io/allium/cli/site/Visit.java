package io.allium.cli.site;

import io.allium.I2pStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequestFactory;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestValidateHost;
import org.apache.hc.core5.http.protocol.ResponseConnControl;
import org.apache.hc.core5.http.protocol.ResponseContent;
import org.apache.hc.core5.http.protocol.ResponseDate;

/** One stream of a visitor: requests, one after the other. */
final class Visit {
  private enum State {
    WAITING,
    ANSWERING,
    OVER
  }

  /** Between two requests. A browser opens a new stream when it needs one; a place is for those who are here. */
  private static final Duration IDLE = Duration.ofSeconds(15);

  private static final Http1Config LIMITS = Http1Config.custom()
      .setMaxLineLength(16 * 1024)
      .setMaxHeaderCount(200)
      .setMaxEmptyLineCount(3)
      .build();

  /** No header that tells which program answers. */
  private static final HttpProcessor PROCESSOR = HttpProcessorBuilder.create()
      .addAll(ResponseDate.INSTANCE, ResponseContent.INSTANCE, ResponseConnControl.INSTANCE)
      .addAll(RequestValidateHost.INSTANCE)
      .build();

  private final I2pStream stream;
  private final Pages pages;
  private final Duration limit;
  private final Thread thread = Thread.currentThread();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private volatile boolean last;
  private long deadline;
  private boolean begun;

  Visit(I2pStream stream, Pages pages, Duration limit) {
    this.stream = stream;
    this.pages = pages;
    this.limit = limit;
  }

  /** Answers until one side has enough; on the thread that made this. */
  void run() {
    HttpService service =
        new HttpService(
            PROCESSOR, (request, trigger, context) -> trigger.submitResponse(answer(request))) {
          @Override
          protected void handleException(HttpException e, ClassicHttpResponse response) {
            // the library's text would repeat the request
            response.setCode(toStatusCode(e));
            response.setEntity(new StringEntity(response.getCode() + "\n"));
          }
        };
    DefaultBHttpServerConnection http = new DefaultBHttpServerConnection(
        null,
        LIMITS,
        null,
        null,
        null,
        null,
        new DefaultHttpRequestParserFactory(LIMITS, null, new Requests()),
        null);
    Duration patience = limit;
    try {
      http.bind(new StreamSocket(stream, new Limited()));
      do {
        deadline = System.nanoTime() + patience.toNanos();
        begun = false;
        patience = IDLE;
        service.handleRequest(http, HttpCoreContext.create());
      } while (http.isOpen()
          && !last
          && state.compareAndSet(State.ANSWERING, State.WAITING)
          && !last);
      http.close();
    } catch (ConnectionClosedException e) {
      // by us, after the last answer
    } catch (IOException | HttpException e) {
      if (state.get() == State.ANSWERING) {
        stream.cancel(); // an end here might look like the end of the page
      }
    }
  }

  private ClassicHttpResponse answer(ClassicHttpRequest request) throws IOException {
    if (!state.compareAndSet(State.WAITING, State.ANSWERING)) {
      throw new ConnectionClosedException();
    }
    ClassicHttpResponse response = pages.answer(request);
    if (last) {
      response.setHeader(HttpHeaders.CONNECTION, HeaderElements.CLOSE);
    }
    return response;
  }

  /** Answers what is being answered, and no more. */
  void finish() {
    last = true;
    if (state.compareAndSet(State.WAITING, State.OVER)) {
      stream.close();
    }
  }

  /** Waits for the end. */
  void join(Duration atMost) throws InterruptedException {
    thread.join(atMost);
  }

  /** Who sends a byte now and then must not keep a place for ever: the limits are for all of a request. */
  private final class Limited extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new InterruptedIOException("the request did not come in time");
      }
      stream.readTimeout(Duration.ofNanos(left));
      int count = stream.input().read(bytes, offset, length);
      if (!begun) {
        begun = true;
        deadline = System.nanoTime() + limit.toNanos();
      }
      return count;
    }
  }

  /** The library's own takes the path from the target as a URI, and so the first name of {@code //name} for a host. */
  private static final class Requests implements HttpRequestFactory<ClassicHttpRequest> {
    @Override
    public ClassicHttpRequest newHttpRequest(String method, String target) {
      return new BasicClassicHttpRequest(method, null, null, target);
    }

    @Override
    public ClassicHttpRequest newHttpRequest(String method, URI target) {
      return new BasicClassicHttpRequest(method, null, null, target.toString());
    }
  }
}
