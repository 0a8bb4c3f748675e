package io.allium.benchmarks;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** 1 KB with a number, by which a receiver checks every byte. */
final class Payload {
  static final int LENGTH = 1024;

  private Payload() {}

  static byte[] of(long number) {
    byte[] payload = new byte[LENGTH];
    fill(payload, number);
    return payload;
  }

  static void fill(byte[] payload, long number) {
    Arrays.fill(payload, (byte) number);
    ByteBuffer.wrap(payload).putLong(number);
  }

  static long number(byte[] payload) {
    return ByteBuffer.wrap(payload).getLong();
  }

  static boolean isWhole(byte[] payload) {
    return payload.length == LENGTH && Arrays.equals(payload, of(number(payload)));
  }
}
