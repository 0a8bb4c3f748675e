package io.allium.cli;

import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** A log line as a person reads it on a terminal. */
final class LogFormatter extends Formatter {
  @Override
  public String format(LogRecord record) {
    String cause = record.getThrown() == null ? "" : " (" + record.getThrown() + ")";
    return record.getLevel().getName().toLowerCase(Locale.ROOT) + ": " + formatMessage(record)
        + cause + System.lineSeparator();
  }
}
