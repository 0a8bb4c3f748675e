package io.allium.sam;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One daemon thread that wakes the watch of every session whose router says something. */
final class ControlSelector {
  private static final System.Logger LOG = System.getLogger(ControlSelector.class.getName());
  private static final ControlSelector INSTANCE = new ControlSelector();

  private record Registration(SocketChannel channel, Runnable onReadable) {}

  private final Selector selector;
  private final Queue<Registration> added = new ConcurrentLinkedQueue<>();

  private ControlSelector() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("allium-sam-control").start(this::run);
  }

  /** The channel is non-blocking; its watch ends when it is closed. */
  static void register(SocketChannel channel, Runnable onReadable) {
    INSTANCE.added.add(new Registration(channel, onReadable));
    INSTANCE.selector.wakeup();
  }

  static void wakeUp() {
    INSTANCE.selector.wakeup();
  }

  private void run() {
    while (true) {
      try {
        selector.select(key -> ((Runnable) key.attachment()).run());
        for (Registration next = added.poll(); next != null; next = added.poll()) {
          add(next);
        }
      } catch (IOException | RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "watching SAM sessions failed once", e);
      }
    }
  }

  private void add(Registration registration) {
    try {
      registration.channel.register(selector, SelectionKey.OP_READ, registration.onReadable);
    } catch (ClosedChannelException e) {
      // closed before it was watched: its owner knows
      registration.onReadable.run();
    }
  }
}
