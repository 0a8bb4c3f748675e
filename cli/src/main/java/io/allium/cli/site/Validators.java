package io.allium.cli.site;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpStatus;

/**
 * What tells one state of a file from another, and what requests make of it (RFC 9110, 13).
 *
 * @param tag the entity tag, of size and time
 * @param modified in whole seconds
 */
record Validators(String tag, Instant modified) {
  static Validators of(long size, Instant modified) {
    String tag = "\"" + Long.toHexString(modified.getEpochSecond()) + "."
        + Integer.toHexString(modified.getNano()) + "-" + Long.toHexString(size) + "\"";
    return new Validators(tag, modified.truncatedTo(ChronoUnit.SECONDS));
  }

  /** The status that a request's conditions ask for instead of the file: 304 or 412. */
  Optional<Integer> instead(HttpRequest request) {
    if (request.containsHeader(HttpHeaders.IF_MATCH)
        ? !lists(request, HttpHeaders.IF_MATCH, false)
        : date(request, HttpHeaders.IF_UNMODIFIED_SINCE)
            .filter(modified::isAfter)
            .isPresent()) {
      return Optional.of(HttpStatus.SC_PRECONDITION_FAILED);
    }
    boolean known = request.containsHeader(HttpHeaders.IF_NONE_MATCH)
        ? lists(request, HttpHeaders.IF_NONE_MATCH, true)
        : date(request, HttpHeaders.IF_MODIFIED_SINCE)
            .filter(time -> !modified.isAfter(time))
            .isPresent();
    return known ? Optional.of(HttpStatus.SC_NOT_MODIFIED) : Optional.empty();
  }

  /** Whether the range of a request is of this state of the file. */
  boolean rangeApplies(HttpRequest request) {
    Header condition = request.getFirstHeader(HttpHeaders.IF_RANGE);
    return condition == null
        || condition.getValue().equals(tag)
        || HttpDate.parse(condition.getValue()).filter(modified::equals).isPresent();
  }

  private static Optional<Instant> date(HttpRequest request, String name) {
    Header header = request.getFirstHeader(name);
    return header == null ? Optional.empty() : HttpDate.parse(header.getValue());
  }

  private boolean lists(HttpRequest request, String name, boolean weakly) {
    return Arrays.stream(request.getHeaders(name))
        .flatMap(header -> Arrays.stream(header.getValue().split(",", -1)))
        .map(String::strip)
        .anyMatch(one -> one.equals("*") || one.equals(tag) || (weakly && one.equals("W/" + tag)));
  }
}
