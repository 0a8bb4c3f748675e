package io.allium.cli.site;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** What a folder answers to requests. */
final class Pages {
  private static final List<String> INDEXES = List.of("index.html", "index.htm");

  /** A disk that does not answer seldom comes back sooner. */
  private static final String RETRY_SECONDS = "60";

  private final Folder folder;

  Pages(Folder folder) {
    this.folder = folder;
  }

  /** Never fails for what the request says. */
  ClassicHttpResponse answer(ClassicHttpRequest request) throws IOException {
    ClassicHttpResponse response = answerTo(request);
    if (request.getEntity() != null) {
      // nobody here reads it: it may have no end
      request.setEntity(null);
      response.setHeader(HttpHeaders.CONNECTION, HeaderElements.CLOSE);
    }
    return response;
  }

  private ClassicHttpResponse answerTo(ClassicHttpRequest request) throws IOException {
    if (!Method.GET.isSame(request.getMethod()) && !Method.HEAD.isSame(request.getMethod())) {
      ClassicHttpResponse response = error(HttpStatus.SC_METHOD_NOT_ALLOWED);
      response.setHeader(HttpHeaders.ALLOW, "GET, HEAD");
      return response;
    }
    Optional<RequestTarget> target = RequestTarget.parse(request.getRequestUri());
    if (target.isEmpty()) {
      return error(HttpStatus.SC_NOT_FOUND);
    }
    try {
      return page(request, target.get());
    } catch (FileThreads.Unanswered e) {
      ClassicHttpResponse response = error(HttpStatus.SC_SERVICE_UNAVAILABLE);
      response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
      return response;
    } catch (FileSystemException e) {
      return error(HttpStatus.SC_NOT_FOUND); // gone since it was found, or not ours to read
    }
  }

  private ClassicHttpResponse page(ClassicHttpRequest request, RequestTarget target)
      throws IOException {
    Optional<Folder.Found> found = folder.find(target.names());
    if (found.isEmpty() || (target.folder() && !found.get().folder())) {
      return error(HttpStatus.SC_NOT_FOUND);
    }
    if (!found.get().folder()) {
      return file(request, found.get());
    }
    if (!target.folder()) {
      ClassicHttpResponse response = error(HttpStatus.SC_MOVED_PERMANENTLY);
      response.setHeader(HttpHeaders.LOCATION, target.asFolder());
      return response;
    }
    for (String name : INDEXES) {
      List<String> names = new ArrayList<>(target.names());
      names.add(name);
      Optional<Folder.Found> index = folder.find(names);
      if (index.isPresent() && !index.get().folder()) {
        return file(request, index.get());
      }
    }
    ClassicHttpResponse response = new BasicClassicHttpResponse(HttpStatus.SC_OK);
    response.setEntity(new StringEntity(
        Listing.of(target, folder.list(found.get())),
        ContentType.TEXT_HTML.withCharset(StandardCharsets.UTF_8)));
    return response;
  }

  private ClassicHttpResponse file(ClassicHttpRequest request, Folder.Found file)
      throws IOException {
    FileChannel channel = folder.open(file);
    boolean used = false;
    try {
      long size = folder.on(file, channel::size);
      Validators state = Validators.of(size, file.modified());
      ClassicHttpResponse response = new BasicClassicHttpResponse(HttpStatus.SC_OK);
      response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
      response.setHeader(HttpHeaders.ETAG, state.tag());
      response.setHeader(HttpHeaders.LAST_MODIFIED, HttpDate.format(state.modified()));
      Optional<Integer> instead = state.instead(request);
      if (instead.isPresent()) {
        response.setCode(instead.get());
        return response;
      }
      ByteRange all = new ByteRange(0, size);
      ByteRange range = asked(request, state, size).orElse(all);
      if (!range.equals(all) && range.length() == 0) {
        response.setCode(HttpStatus.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
        response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
        return response;
      }
      if (!range.equals(all)) {
        response.setCode(HttpStatus.SC_PARTIAL_CONTENT);
        response.setHeader(HttpHeaders.CONTENT_RANGE, range.header(size));
      }
      response.setEntity(new FileBody(folder, file, channel, range));
      used = true;
      return response;
    } finally {
      if (!used) {
        FileBody.close(folder, file, channel);
      }
    }
  }

  private static Optional<ByteRange> asked(
      ClassicHttpRequest request, Validators state, long size) {
    Header range = request.getFirstHeader(HttpHeaders.RANGE);
    return range != null && Method.GET.isSame(request.getMethod()) && state.rangeApplies(request)
        ? ByteRange.parse(range.getValue(), size)
        : Optional.empty();
  }

  static ClassicHttpResponse error(int status) {
    ClassicHttpResponse response = new BasicClassicHttpResponse(status);
    response.setEntity(new StringEntity(
        status + " " + EnglishReasonPhraseCatalog.INSTANCE.getReason(status, null) + "\n",
        ContentType.TEXT_PLAIN.withCharset(StandardCharsets.UTF_8)));
    return response;
  }
}
