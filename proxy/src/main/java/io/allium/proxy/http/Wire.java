package io.allium.proxy.http;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.HttpRequestFactory;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthOutputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/** HTTP messages over two streams of bytes, with a limit for each read. One thread reads, one writes. */
final class Wire {
  /** As large as what comes before a body may be. */
  static final int MAX_HEAD = 32 * 1024;

  /** The headers of a request: a browser sends about fifteen. */
  static final int MAX_REQUEST_HEADERS = 60;

  /** The headers of an answer: sites with many cookies send dozens. */
  private static final int MAX_RESPONSE_HEADERS = 200;

  private static final int MAX_EMPTY_LINES = 3;
  private static final int BUFFER = 8 * 1024;

  /** Limits how long the next read waits. */
  interface Patience {
    void limit(Duration atMost) throws IOException;
  }

  private final Limited input;
  private final OutputStream output;
  private final SessionInputBufferImpl in = new SessionInputBufferImpl(BUFFER, MAX_HEAD);
  private final SessionOutputBufferImpl out = new SessionOutputBufferImpl(BUFFER);

  Wire(InputStream input, OutputStream output, Patience patience) {
    this.input = new Limited(input, patience);
    this.output = output;
  }

  /** Waits for the first byte of a message; false if none comes any more. */
  boolean await(Duration atMost) throws IOException {
    input.within(atMost);
    return in.hasBufferedData() || in.fillBuffer(input) > 0;
  }

  /** Reads what comes before the body of a request; all of it must come in time. */
  ClassicHttpRequest request(Duration atMost) throws IOException, HttpException {
    Http1Config limits = limits(MAX_REQUEST_HEADERS);
    int before = in.length();
    input.within(atMost);
    ClassicHttpRequest request =
        new DefaultHttpRequestParser(limits, null, new Requests()).parse(in, input);
    requireWhole(request);
    if (before + input.count() - in.length() > MAX_HEAD) {
      throw new MessageConstraintException("the headers are too large");
    }
    return request;
  }

  /** As {@link #request}. */
  ClassicHttpResponse response(Duration atMost) throws IOException, HttpException {
    input.within(atMost);
    ClassicHttpResponse response =
        new DefaultHttpResponseParser(limits(MAX_RESPONSE_HEADERS)).parse(in, input);
    requireWhole(response);
    return response;
  }

  /** The library takes an end within the headers for the end of the headers, and gives null where nothing came. */
  private void requireWhole(@Nullable HttpMessage message) throws EOFException {
    if (message == null || input.isEnded()) {
      throw new EOFException("the connection ended within the headers");
    }
  }

  private static Http1Config limits(int headers) {
    return Http1Config.custom()
        .setMaxLineLength(MAX_HEAD)
        .setMaxHeaderCount(headers)
        .setMaxEmptyLineCount(MAX_EMPTY_LINES)
        .build();
  }

  /** The body of the message whose head was read; do not close it, since that reads it to its end. */
  InputStream body(long length, Duration silence) {
    input.each(silence);
    if (length == Framing.CHUNKED) {
      return new ChunkedInputStream(in, input, limits(MAX_REQUEST_HEADERS));
    }
    return length == Framing.UNTIL_CLOSE
        ? new IdentityInputStream(in, input)
        : new ContentLengthInputStream(in, input, length);
  }

  /** What has been read ahead, and then the rest. */
  InputStream rest(InputStream following) throws IOException {
    byte[] ahead = new byte[in.length()];
    if (ahead.length > 0 && in.read(ahead, 0, ahead.length, input) != ahead.length) {
      throw new IOException("a buffer has less than it says");
    }
    return new SequenceInputStream(new ByteArrayInputStream(ahead), following);
  }

  /** Sends what comes before a body. */
  void head(String first, List<Header> headers) throws IOException {
    line(first);
    for (Header header : headers) {
      line(header.getName() + ": " + (header.getValue() == null ? "" : header.getValue()));
    }
    line("");
    out.flush(output);
    output.flush();
  }

  private void line(String text) throws IOException {
    CharArrayBuffer line = new CharArrayBuffer(text.length());
    line.append(text);
    out.writeLine(line, output);
  }

  /** Sends a body as it comes. */
  void send(InputStream body, long length) throws IOException {
    OutputStream to = length == Framing.CHUNKED
        ? new ChunkedOutputStream(out, output, BUFFER)
        : length == Framing.UNTIL_CLOSE
            ? output
            : new ContentLengthOutputStream(out, output, length);
    byte[] buffer = new byte[BUFFER];
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      to.write(buffer, 0, count);
      to.flush();
    }
    if (to instanceof ChunkedOutputStream chunks) {
      chunks.finish();
    }
    out.flush(output);
    output.flush();
  }

  /** Who sends a byte now and then must not keep a place for ever: a limit may be for all of a head. */
  private static final class Limited extends InputStream {
    /** The buffer may be filled once more with what belongs to the body. */
    private static final int MAX_READ = MAX_HEAD + BUFFER;

    private final InputStream from;
    private final Patience patience;
    private boolean isHead;
    private long deadline;
    private Duration silence = Duration.ZERO;
    private int count;
    private boolean ended;

    Limited(InputStream from, Patience patience) {
      this.from = from;
      this.patience = patience;
    }

    void within(Duration atMost) {
      isHead = true;
      deadline = System.nanoTime() + atMost.toNanos();
      count = 0;
      ended = false;
    }

    void each(Duration atMost) {
      isHead = false;
      silence = atMost;
    }

    int count() {
      return count;
    }

    /** Whether it came to its end within a head. */
    boolean isEnded() {
      return ended;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (!isHead) {
        patience.limit(silence);
        return from.read(bytes, offset, length);
      }
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (left.toMillis() <= 0) {
        throw new InterruptedIOException("the headers did not come in time");
      }
      if (count > MAX_READ) {
        throw new MessageConstraintException("the headers are too large");
      }
      patience.limit(left);
      int read = from.read(bytes, offset, length);
      count += Math.max(0, read);
      ended |= read < 0;
      return read;
    }
  }

  /** The library's own reads the target as a URI, and so takes the first name of {@code //name} for a host. */
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
