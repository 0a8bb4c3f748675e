package io.allium.i2cp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * The virtual threads of Allium that live now, by the flight recorder's events of their start and end. A thread dump would
 * tell as well, but JDK 25.0.3 crashes now and then when a virtual thread ends while it is being dumped.
 */
final class LiveThreads {
  private static final String START = "jdk.VirtualThreadStart";
  private static final String END = "jdk.VirtualThreadEnd";
  private static final Recording RECORDING = new Recording();

  static {
    RECORDING.enable(START).withoutStackTrace();
    RECORDING.enable(END).withoutStackTrace();
    RECORDING.start();
  }

  private LiveThreads() {}

  /** To be called before the first thread starts: those that started earlier are not seen. */
  static void watch() {
    if (RECORDING.getStartTime() == null) {
      throw new IllegalStateException("the recorder does not run");
    }
  }

  static Collection<String> now() {
    try {
      Path file = Files.createTempFile("threads", ".jfr");
      RECORDING.dump(file);
      Map<Long, String> live = new HashMap<>();
      for (RecordedEvent event : RecordingFile.readAllEvents(file).stream()
          .sorted(LiveThreads::startsFirst)
          .toList()) {
        if (event.getEventType().getName().equals(END)) {
          live.remove(event.getLong("javaThreadId"));
        } else if (event.getEventType().getName().equals(START)
            && event.getThread().getJavaName().startsWith("allium-")) {
          live.put(event.getLong("javaThreadId"), event.getThread().getJavaName());
        }
      }
      Files.delete(file);
      return live.values();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void awaitNone() {
    StubRouter.await("every thread to end", () -> now().isEmpty());
  }

  private static int startsFirst(RecordedEvent one, RecordedEvent other) {
    return Boolean.compare(
        one.getEventType().getName().equals(END), other.getEventType().getName().equals(END));
  }
}
