package io.allium.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what comes piece by piece. */
final class Sha256 {
  private static final int BLOCK = 256 * 1024;

  /** What runs between two pieces: hashing a large file takes minutes. */
  interface Tick {
    void run() throws IOException;
  }

  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  void update(ByteBuffer bytes) {
    digest.update(bytes);
  }

  /** Adds a file from its beginning to its end; returns how much that was. */
  long update(FileChannel file, Tick tick) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    long total = 0;
    for (int count = file.read(block, total); count >= 0; count = file.read(block, total)) {
      total += count;
      update(block.flip());
      block.clear();
      tick.run();
    }
    return total;
  }

  /** The hash, as hexadecimal digits; what comes afterwards is another hash. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
