package io.allium.protocol.structures;

/** Whether a message is compressed before it is sent. */
public enum Deflating {
  /** Never: the fastest, and what is encrypted or compressed already does not get smaller. */
  NEVER,
  /** If it gets smaller by that. It costs some ten microseconds a kilobyte, also where it does not. */
  IF_SMALLER
}
