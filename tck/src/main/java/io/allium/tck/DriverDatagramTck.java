package io.allium.tck;

import static io.allium.tck.ProviderTck.assertKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.allium.ErrorKind;
import io.allium.Protocol;
import io.allium.SendOptions;
import io.allium.spi.Arrived;
import io.allium.spi.SendRequest;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the API relies on in the datagrams of a driver. */
public abstract class DriverDatagramTck extends DriverTck {
  /** For subclasses. */
  protected DriverDatagramTck() {
    super(Protocol.RAW);
  }

  private SendRequest request(byte... payload) {
    return new SendRequest(
        Protocol.RAW,
        Protocol.RAW.number(),
        server().keys().destination(),
        0,
        0,
        ByteBuffer.wrap(payload),
        SendOptions.defaults());
  }

  @Test
  void whatIsSentArrivesAndEndsABatch() throws Exception {
    SendRequest request = request((byte) 1, (byte) 2, (byte) 3);
    client().session().send(request);
    assertThat(request.payload().remaining()).as("its position stays").isEqualTo(3);
    Arrived arrived = Objects.requireNonNull(server().inbox().arrived().poll(30, TimeUnit.SECONDS));
    byte[] payload = switch (arrived) {
      case Arrived.Message message -> {
        assertThat(message.protocol()).isEqualTo(Protocol.RAW.number());
        byte[] bytes = new byte[message.payload().remaining()];
        message.payload().get(bytes);
        yield bytes;
      }
      case Arrived.Checked checked -> checked.datagram().payload();
    };
    assertThat(payload).containsExactly(1, 2, 3);
  }

  @Test
  void theLargestPayloadFits() throws Exception {
    int max = client().session().maxPayload(Protocol.RAW);
    assertThat(max).isPositive();
    client().session().send(request(new byte[max]));
    assertThat(server().inbox().arrived().poll(30, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void aClosedSessionSendsNothing() {
    client().close();
    assertKind(catchThrowable(() -> client().session().send(request((byte) 1))), ErrorKind.CLOSED);
  }
}
