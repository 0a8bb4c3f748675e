package io.allium.internal;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The events {@code io.allium.Open}, {@code Connect}, {@code Accept}, {@code Lookup} and {@code Recovery}. */
final class JfrRecorder implements OperationRecorder {
  private static final Running NOTHING = outcome -> {};

  @Override
  public Running start(Kind kind, Object subject) {
    Operation event = switch (kind) {
      case OPEN -> new OpenEvent();
      case CONNECT -> new ConnectEvent();
      case ACCEPT -> new AcceptEvent();
      case LOOKUP -> new LookupEvent();
      case RECOVERY -> new RecoveryEvent();
    };
    if (!event.isEnabled()) {
      return NOTHING;
    }
    event.subject = subject.toString();
    event.begin();
    return outcome -> {
      event.outcome = outcome;
      event.commit();
    };
  }

  /** What the events have in common. */
  @Category("Allium")
  @StackTrace(false)
  abstract static class Operation extends Event {
    @Label("Subject")
    @Description("Whom it is about, shortened")
    String subject = "";

    @Label("Outcome")
    @Description("ok, or the kind of the error")
    String outcome = "";
  }

  @Name("io.allium.Open")
  @Label("I2P session opened")
  static final class OpenEvent extends Operation {}

  @Name("io.allium.Connect")
  @Label("I2P stream connected")
  static final class ConnectEvent extends Operation {}

  @Name("io.allium.Accept")
  @Label("I2P stream accepted")
  static final class AcceptEvent extends Operation {}

  @Name("io.allium.Lookup")
  @Label("I2P name resolved")
  static final class LookupEvent extends Operation {}

  @Name("io.allium.Recovery")
  @Label("I2P session away, from its loss until it is back")
  static final class RecoveryEvent extends Operation {}
}
