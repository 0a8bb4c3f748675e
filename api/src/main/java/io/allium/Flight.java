package io.allium;

/**
 * What the JDK's Flight Recorder is told, where the runtime has it: only {@link FlightRecorder} names its classes. Subjects
 * are addresses in their shortened form; no key comes here.
 */
interface Flight {
  /** What happens. */
  enum Kind {
    OPEN,
    CONNECT,
    ACCEPT,
    LOOKUP,
    RECOVERY
  }

  /** Something that began. */
  interface Running {
    /** It is over: {@code ok}, or the kind of an error. */
    void end(String outcome);
  }

  /** What is measured. */
  interface Body<T> {
    T run() throws I2pException;
  }

  Flight RECORDER = ModuleLayer.boot().findModule("jdk.jfr").isPresent()
      ? new FlightRecorder()
      : (kind, subject) -> outcome -> {};

  Running start(Kind kind, Object subject);

  static <T> T record(Kind kind, Object subject, Body<T> body) throws I2pException {
    Running running = RECORDER.start(kind, subject);
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
