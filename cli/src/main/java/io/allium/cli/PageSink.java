package io.allium.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a page goes. If the page did not come, closing this leaves nothing behind except what a later run can go on with. */
interface PageSink extends Closeable {
  /** What a request has to say so that the answer fits what is there. */
  default Map<String, String> headers() {
    return Map.of();
  }

  /** Takes the body of a page, or of an answer that is none; null where it is of no use here. */
  @Nullable
  OutputStream open(HttpGet.Head head) throws IOException, CommandFailure;

  /** Whether an answer says that nothing was missing. */
  default boolean isWhole(HttpGet.Head head) {
    return false;
  }

  /** All of the page has come. */
  default void whole() throws CommandFailure {}

  /** What was there before this answer. */
  default long before() {
    return 0;
  }

  /** Into a stream, which is closed with this. */
  static PageSink to(OutputStream stream) {
    return new PageSink() {
      @Override
      public OutputStream open(HttpGet.Head head) throws CommandFailure {
        if (head.status() == 206) {
          throw notAsked();
        }
        return stream;
      }

      @Override
      public void close() throws IOException {
        stream.close();
      }
    };
  }

  /** For a part of a page in place of the page. */
  static CommandFailure notAsked() {
    return new CommandFailure(
        ExitCodes.PROTOCOL,
        "the site sent a part of the page that was not asked for: fetch the page without --continue");
  }
}
