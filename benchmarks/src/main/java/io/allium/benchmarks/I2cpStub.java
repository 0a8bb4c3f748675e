package io.allium.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A router in this JVM that answers everything at once, and has tunnels for every session. */
final class I2cpStub implements AutoCloseable {
  static final int CREATE_SESSION = 1;
  static final int DESTROY_SESSION = 3;
  static final int SESSION_STATUS = 20;
  static final int GET_DATE = 32;
  static final int SET_DATE = 33;
  static final int LEASE_SET_WANTED = 37;

  private static final byte[] VERSION = "0.9.64".getBytes(StandardCharsets.US_ASCII);
  private static final int CREATED = 1;
  private static final int LEASE = 32 + Integer.BYTES + Long.BYTES;
  private static final int GATEWAY = 32;
  private static final long TEN_MINUTES = 600_000;

  private final ServerSocket server =
      new ServerSocket(0, 100, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  private final AtomicInteger sessions = new AtomicInteger();

  I2cpStub() throws IOException {
    Thread.ofPlatform().daemon().start(this::accept);
  }

  String uri() {
    return "i2cp://127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofPlatform().daemon().start(() -> answer(socket));
      }
    } catch (IOException closed) {
      // the measurement is over
    }
  }

  private void answer(Socket socket) {
    try (socket;
        DataInputStream in = new DataInputStream(socket.getInputStream())) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      in.skipNBytes(1);
      while (true) {
        int length = in.readInt();
        int type = in.readUnsignedByte();
        in.skipNBytes(length);
        switch (type) {
          case GET_DATE -> out.write(date());
          case CREATE_SESSION -> out.write(created((short) sessions.incrementAndGet()));
          case DESTROY_SESSION -> {
            return;
          }
          default -> {}
        }
      }
    } catch (IOException closed) {
      // the client let go
    }
  }

  private static byte[] date() {
    int body = Long.BYTES + 1 + VERSION.length;
    return header(ByteBuffer.allocate(HEADER + body), body, SET_DATE)
        .putLong(System.currentTimeMillis())
        .put((byte) VERSION.length)
        .put(VERSION)
        .array();
  }

  private static byte[] created(short session) {
    int status = Short.BYTES + 1;
    int wanted = Short.BYTES + 1 + LEASE;
    ByteBuffer both = header(
            ByteBuffer.allocate(2 * HEADER + status + wanted), status, SESSION_STATUS)
        .putShort(session)
        .put((byte) CREATED);
    return header(both, wanted, LEASE_SET_WANTED)
        .putShort(session)
        .put((byte) 1)
        .put(new byte[GATEWAY])
        .putInt(1)
        .putLong(System.currentTimeMillis() + TEN_MINUTES)
        .array();
  }

  /** I2CP, "I2CP Message Header". */
  static final int HEADER = Integer.BYTES + Byte.BYTES;

  static ByteBuffer header(ByteBuffer into, int length, int type) {
    return into.putInt(length).put((byte) type);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
