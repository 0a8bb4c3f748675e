package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What i2pd itself does not do, shown with plain sockets. A test here that fails means a better i2pd: take its tags out of
 * {@link I2pdSubject#deviations()}, or teach the provider what that version can.
 */
@RequiresI2pd
class I2pdWitnessTest {
  private static final int BLOCK = 1 << 16;

  @Test
  void everyDeviationOfTheSubjectHasAWitness() {
    Set<String> witnessed = Arrays.stream(I2pdWitnessTest.class.getDeclaredMethods())
        .flatMap(method -> Stream.of(method.getAnnotationsByType(Tag.class)))
        .map(Tag::value)
        .collect(Collectors.toSet());
    assertThat(witnessed).isEqualTo(I2pdSubject.DEVIATIONS.keySet());
  }

  @Test
  @Tag("oneDestinationIsOnlineOnce")
  void twoSessionsHaveTheSameKeys() throws IOException {
    TestNet net = SharedNet.fast();
    try (RawSam sam = RawSam.hello(net.router(0))) {
      String keys =
          RawSam.value(sam.ask("DEST GENERATE SIGNATURE_TYPE=7", "DEST REPLY PUB="), "PRIV");
      try (RawSam first = RawSam.session(net.router(0), "witness-first", keys, 0);
          RawSam second = RawSam.session(net.router(0), "witness-second", keys, 0)) {
        assertThat(first.me()).isEqualTo(second.me());
      }
    }
  }

  @Test
  @Tag("aWriterWaitsForItsReaderAndLosesNothing")
  @Tag("aWriteTimeoutClosesTheStream")
  void aWriterNeverWaitsForAReader() throws IOException {
    try (RawStream stream = RawStream.open(SharedNet.fast(), 0)) {
      OutputStream out = stream.client().socket().getOutputStream();
      // A write that waited for the reader, who never reads, would wait forever: the test would
      // time out.
      for (long written = 0; written < I2pdSubject.MAX_BUFFERED; written += BLOCK) {
        out.write(new byte[BLOCK]);
      }
    }
  }

  @Test
  void theEndOfOneDirectionEndsTheOther() throws IOException {
    try (RawStream stream = RawStream.open(SharedNet.fast(), 0)) {
      stream.client().send("question");
      stream.client().socket().shutdownOutput();
      assertThat(stream.server().line()).isEqualTo("question");
      assertThat(stream.server().socket().getInputStream().read()).isEqualTo(-1);
      stream.server().send("answer");
      assertThat(stream.client().socket().getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void itSpeaksNothingAfterVersion31() throws IOException {
    TestNet net = SharedNet.fast();
    try (RawSam newest = RawSam.silent(net.router(0));
        RawSam newer = RawSam.silent(net.router(0))) {
      assertThat(newest.ask("HELLO VERSION MIN=3.1 MAX=3.3", "HELLO REPLY"))
          .contains("VERSION=3.1");
      newer.ask("HELLO VERSION MIN=3.2 MAX=3.3", "HELLO REPLY RESULT=NOVERSION");
    }
  }

  /** What a session's heartbeat goes by: a STREAM CONNECT without a peer tells whether the session is known. */
  @Test
  void aConnectLooksForItsSessionBeforeItsPeer() throws IOException {
    URI router = SharedNet.fast().router(0);
    List<String> styles =
        InBand.isAnswered() ? List.of("STREAM", "DATAGRAM", "RAW") : List.of("STREAM");
    for (String style : styles) {
      try (RawSam session = RawSam.session(router, "asked-" + style, style, "TRANSIENT", 0)) {
        assertAsked(router, session.id(), "INVALID_KEY");
        assertAsked(router, session.id(), "INVALID_KEY");
        assertAsked(router, "other-" + style, "INVALID_ID");
        assertThat(session.me()).isNotEmpty();
      }
    }
  }

  private static void assertAsked(URI router, String id, String result) throws IOException {
    try (RawSam question = RawSam.hello(router)) {
      assertThat(question.ask("STREAM CONNECT ID=" + id + " DESTINATION=1.b32.i2p", "STREAM"))
          .isEqualTo("STREAM STATUS RESULT=" + result);
      assertThat(question.socket().getInputStream().read()).isEqualTo(-1);
    }
  }

  /** Its line would end in FROM_PORT and TO_PORT. */
  @Test
  void anAcceptorIsNotToldThePorts() throws IOException {
    try (RawStream stream = RawStream.open(SharedNet.fast(), 0, " FROM_PORT=11 TO_PORT=22")) {
      assertThat(stream.peer()).isEqualTo(stream.sessions()[0].me());
    }
  }
}
