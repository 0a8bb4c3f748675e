package io.allium.internal;

import io.allium.I2pException;
import io.allium.internal.OperationRecorder.Kind;

/** What the JDK's Flight Recorder is told, where the runtime has it: only {@link JfrRecorder} names its classes. */
final class FlightEvents {
  /** What is measured. */
  interface Body<T> {
    T run() throws I2pException;
  }

  private static final OperationRecorder RECORDER =
      ModuleLayer.boot().findModule("jdk.jfr").isPresent()
          ? new JfrRecorder()
          : (kind, subject) -> outcome -> {};

  private FlightEvents() {}

  /** Something that took no time of its own. */
  static void happened(Kind kind, Object subject) {
    RECORDER.start(kind, subject).end("ok");
  }

  static <T> T record(Kind kind, Object subject, Body<T> body) throws I2pException {
    OperationRecorder.Running running = RECORDER.start(kind, subject);
    try {
      T result = body.run();
      running.end("ok");
      return result;
    } catch (I2pException e) {
      running.end(e.kind().name());
      throw e;
    }
  }
}
