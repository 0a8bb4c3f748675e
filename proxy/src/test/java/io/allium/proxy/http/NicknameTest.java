package io.allium.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2pSession;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Names that a link gave. */
class NicknameTest extends OneSite {
  @Test
  void anAddressHelperHoldsForThisProxyAloneAndItsNameIsNotTold() throws Exception {
    String address = site.destination().base64();
    String redirect =
        ask(last(get("http://nick.i2p/p?q=1&i2paddresshelper=" + address, "nick.i2p")));
    assertThat(redirect)
        .startsWith("HTTP/1.1 302 ")
        .contains("Location: http://nick.i2p/p?q=1\r\n");
    assertThat(ask(last(get(
            "http://nick.i2p/p?q=1",
            "nick.i2p",
            "Referer: http://nick.i2p/?i2paddresshelper=" + address))))
        .endsWith("hello");
    Seen told = seen();
    String base32 = site.destination().base32().text();
    assertThat(told.headers().get("Host")).containsExactly(base32);
    assertThat(told.headers().get("Referer")).containsExactly("http://" + base32 + "/");
    assertThat(told.toString()).doesNotContain("nick");
    assertThat(ask("CONNECT nick.i2p:443 HTTP/1.1\r\nHost: nick.i2p:443\r\n\r\n"))
        .startsWith("HTTP/1.1 403 ");
    try (HttpProxy another = HttpProxy.open(i2p)) {
      assertThat(ask(another, last(get("http://nick.i2p/", "nick.i2p"))))
          .startsWith("HTTP/1.1 502 ");
    }
  }

  @Test
  void p6ANameThatMeansSomethingIsChangedOnlyByAnswer() throws Exception {
    I2pSession evil = i2p.open();
    String offered = evil.destination().base32().text();
    String url = "http://site.i2p/?a=%22%3E&i2paddresshelper=" + offered;
    String page = ask(last(get(url, "site.i2p")));
    assertThat(page).startsWith("HTTP/1.1 409 ").contains(offered).contains("value=\"&quot;&gt;\"");
    Matcher token = Pattern.compile("token\" value=\"([0-9a-f]{32})\"").matcher(page);
    assertThat(token.find()).isTrue();
    assertThat(ask(last(get("http://site.i2p/", "site.i2p")))).endsWith("hello");
    assertThat(ask(last(get(url + "&i2paddresshelper-token=" + "0".repeat(32), "site.i2p"))))
        .startsWith("HTTP/1.1 409 ");
    String answer = url + "&i2paddresshelper-token=" + token.group(1);
    assertThat(ask(last(get(answer, "site.i2p")))).startsWith("HTTP/1.1 302 ");
    assertThat(ask(last(get("http://site.i2p/", "site.i2p"))))
        .as("it now means who does not listen")
        .startsWith("HTTP/1.1 502 ");
  }
}
