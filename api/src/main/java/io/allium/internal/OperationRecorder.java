package io.allium.internal;

/** Takes down what happens and how long it takes. Subjects are addresses in their shortened form; no key comes here. */
interface OperationRecorder {
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

  Running start(Kind kind, Object subject);
}
