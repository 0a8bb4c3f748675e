package io.allium.cli;

import java.nio.ByteBuffer;

/** What the two ends of a file transfer say to each other; docs/reference/file-transfer-protocol.md has the protocol. */
sealed interface TransferMessage {
  /** The receiver's first word. */
  record Hello(int version) implements TransferMessage {}

  /** What the sender has. The name is a stranger's text, and no path. */
  record Offer(long length, String sha256, String name) implements TransferMessage {}

  /** The receiver has the file up to here. */
  record From(long offset) implements TransferMessage {}

  /** The next bytes of the file, one or more. */
  record Data(ByteBuffer bytes) implements TransferMessage {}

  /** The receiver's disk has the file up to here. */
  record Stored(long offset) implements TransferMessage {}

  /** Whoever says it is still there, and needs more time. */
  record Busy() implements TransferMessage {}

  /** The receiver has the whole file under its name, and this is its hash. */
  record Done(String sha256) implements TransferMessage {}

  /** The sender knows that. */
  record Confirmed() implements TransferMessage {}

  /** The last word of whoever cannot go on. */
  record Refused(Reason reason) implements TransferMessage {}

  /** Why an end cannot go on. */
  enum Reason {
    VERSION(1),
    CHANGED(2),
    CANNOT_STORE(3),
    MISMATCH(4);

    private final int number;

    Reason(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }
}
