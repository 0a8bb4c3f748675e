package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.StreamHandler;
import java.io.EOFException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Peers must not fill the log of a program that serves them. */
class ServeLogTest {
  private final Logger logger = Logger.getLogger(I2pAcceptor.class.getName());
  private final List<Level> logged = new CopyOnWriteArrayList<>();
  private final Handler handler = new Handler() {
    @Override
    public void publish(LogRecord entry) {
      logged.add(entry.getLevel());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };

  @Test
  void whatPeersDoIsForDebuggingAndADefectIsAWarning() throws Exception {
    Level before = logger.getLevel();
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
    try {
      serve(stream -> {
        throw new EOFException("in the middle of a message");
      });
      assertThat(logged).containsExactly(Level.FINE);
      serve(stream -> {
        throw new IllegalStateException("a defect, planted");
      });
      assertThat(logged).containsExactly(Level.FINE, Level.WARNING);
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
      logger.setLevel(before);
    }
  }

  /** Until the handler's failure was logged: its stream is reset before. */
  private void serve(StreamHandler failing) throws Exception {
    int already = logged.size();
    try (I2p i2p = I2p.connect("memory:serve-log");
        I2pSession server = i2p.open();
        I2pSession client = i2p.open();
        I2pAcceptor acceptor = server.listen(0)) {
      Thread.ofVirtual().start(() -> {
        try {
          acceptor.serve(failing);
        } catch (I2pException e) {
          throw new IllegalStateException(e);
        }
      });
      try (I2pStream stream = client.connect(server.destination())) {
        assertThat(stream.peer()).isEqualTo(server.destination());
        while (logged.size() == already) {
          Thread.onSpinWait();
        }
      }
    }
  }
}
