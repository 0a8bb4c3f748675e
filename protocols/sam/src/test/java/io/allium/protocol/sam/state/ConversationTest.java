package io.allium.protocol.sam.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.protocol.sam.SamException;
import io.allium.protocol.sam.SamVersion;
import org.junit.jupiter.api.Test;

class ConversationTest {
  @Test
  void beginsOnceAndTakesNothingBefore() {
    HelloConversation hello = new HelloConversation();
    assertThatIllegalStateException().isThrownBy(() -> hello.onLine("PING"));
    assertThatIllegalStateException().isThrownBy(hello::onEof);
    hello.start();
    assertThatIllegalStateException().isThrownBy(hello::start);
  }

  @Test
  void takesNothingAfterSuccess() {
    HelloConversation hello = new HelloConversation();
    hello.start();
    assertThat(hello.onLine("HELLO REPLY RESULT=OK VERSION=3.1"))
        .isEqualTo(new Step.Done<>(SamVersion.V3_1));
    assertThatIllegalStateException()
        .isThrownBy(() -> hello.onLine("HELLO REPLY RESULT=OK VERSION=3.1"));
    assertThatIllegalStateException().isThrownBy(hello::onEof);
  }

  @Test
  void aViolationPoisons() {
    HelloConversation hello = new HelloConversation();
    hello.start();
    assertThat(hello.onLine("SSH-2.0-OpenSSH_9.2")).isInstanceOf(Step.Failed.class);
    assertThatIllegalStateException()
        .isThrownBy(() -> hello.onLine("HELLO REPLY RESULT=OK VERSION=3.1"));
  }

  @Test
  void aSilentCommandIsOverOnceSent() {
    StreamConnectConversation silent =
        new StreamConnectConversation(GoldenTranscriptTest.connect(true));
    assertThat(silent.start()).isInstanceOf(Step.Send.class);
    assertThatIllegalStateException().isThrownBy(() -> silent.onLine("STREAM STATUS RESULT=OK"));
  }

  @Test
  void blankLinesPingsAndStrayPongsDoNotDisturb() throws SamException {
    var outcome = Driver.run(
        new StreamConnectConversation(GoldenTranscriptTest.connect(false)),
        "\n\r\nPONG old\nPING are you there\n STREAM  STATUS RESULT=OK \r\n\nDATA");
    assertThat(outcome.sent()).endsWith("\nPONG are you there\n");
    assertThat(outcome.leftover()).isEqualTo("\nDATA");
  }

  @Test
  void eachConversationOwnsTheBytesItSends() {
    Step.Send<SamVersion> first = (Step.Send<SamVersion>) new HelloConversation().start();
    first.bytes()[0] = 'X';
    Step.Send<SamVersion> second = (Step.Send<SamVersion>) new HelloConversation().start();
    assertThat(second.bytes()[0]).isEqualTo((byte) 'H');
  }

  @Test
  void aWatchAnswersPingUntilTheSessionEnds() {
    SessionWatch watch = new SessionWatch();
    assertThat(watch.start()).isInstanceOf(Step.Await.class);
    assertThat(((Step.Send<?>) watch.onLine("PING 7")).bytes()).isEqualTo("PONG 7\n".getBytes());
    assertThat(watch.onLine("SESSION STATUS RESULT=OK")).isInstanceOf(Step.Await.class);
    assertThat(watch.onEof())
        .isInstanceOfSatisfying(
            Step.Failed.class,
            failed -> assertThat(failed.error()).isInstanceOf(SamException.Ended.class));
  }

  @Test
  void aWatchAsksAndItsOwnPongAloneAnswers() {
    SessionWatch watch = new SessionWatch();
    watch.start();
    assertThat(watch.isAnswered()).isTrue();
    assertThat(watch.ping()).isEqualTo("PING 1\n".getBytes());
    watch.onLine("PONG");
    watch.onLine("PONG 2");
    watch.onLine("PING 1");
    assertThat(watch.isAnswered()).isFalse();
    watch.onLine("PONG 1");
    assertThat(watch.isAnswered()).isTrue();
    assertThat(watch.ping()).isEqualTo("PING 2\n".getBytes());
    watch.onLine("PONG 1");
    assertThat(watch.isAnswered()).isFalse();
    watch.onLine("PONG 2");
    assertThat(watch.isAnswered()).isTrue();
  }

  @Test
  void showsNothingOfWhatIsSaid() {
    StreamConnectConversation connect =
        new StreamConnectConversation(GoldenTranscriptTest.connect(false));
    assertThat(connect.toString() + connect.start()).doesNotContain("AAAA").doesNotContain("nick");
  }

  @Test
  void anEndlessLineEndsTheConversation() {
    assertThatThrownBy(() -> Driver.run(new HelloConversation(), "A".repeat(70_000)))
        .isInstanceOf(SamException.Violation.class);
  }
}
