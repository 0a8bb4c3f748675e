package io.allium.proxy.http;

import io.allium.Base32Address;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.Hostname;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.proxy.internal.Outbound;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What links said that host names stand for, for each purpose alone, until the proxy closes. A name that means something
 * already is changed only by a person who saw both addresses: only our page has the token for it, and no other site can
 * read that page.
 */
final class Nicknames {
  /** Nobody follows so many such links; a page can make a browser do so. */
  private static final int MAX_NAMES = 1000;

  /** Pages that wait for an answer. */
  private static final int MAX_QUESTIONS = 100;

  private static final int TOKEN_BYTES = 16;

  private record Key(String purpose, I2pName host) {}

  private record Question(Key key, I2pName address) {}

  private final Outbound outbound;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, I2pName> names = new HashMap<>();
  private final Map<String, Question> questions = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Question> eldest) {
      return size() > MAX_QUESTIONS;
    }
  };

  Nicknames(Outbound outbound) {
    this.outbound = outbound;
  }

  /** What a link said that a name stands for. */
  Optional<I2pName> get(String purpose, I2pName host) {
    lock.lock();
    try {
      return Optional.ofNullable(names.get(new Key(purpose, host)));
    } finally {
      lock.unlock();
    }
  }

  /** Remembers what the link says, or asks. Asks the router, so it may take seconds. */
  void learn(String purpose, SiteTarget target, AddressHelper helper) throws Refusal {
    if (helper.address() == null || !(target.name() instanceof Hostname)) {
      return; // a base 32 address says itself what it stands for
    }
    I2pName offered = parse(helper.address());
    Key key = new Key(purpose, target.name());
    if (isAnswer(helper.token(), new Question(key, offered))) {
      put(key, offered);
      return;
    }
    Optional<I2pName> known = get(purpose, target.name());
    if (known.isEmpty()) {
      known = resolve(target.name());
    }
    if (known.isEmpty()) {
      put(key, offered);
    } else if (!known.get().matches(offered)) {
      throw new Refusal(ask(key, known.get(), offered, target, helper));
    }
  }

  /** As its site knows itself. */
  static String base32(I2pName name) {
    return name instanceof Destination destination ? destination.base32().text() : name.text();
  }

  private static I2pName parse(String text) throws Refusal {
    try {
      I2pName name = I2pName.parse(text);
      if (name instanceof Destination || name instanceof Base32Address) {
        return name;
      }
    } catch (I2pException e) {
      throw Refusal.of(e);
    }
    throw new Refusal(
        400, "An address helper gives a destination or a base 32 address: ask for another link");
  }

  private Optional<I2pName> resolve(I2pName host) throws Refusal {
    try {
      return Optional.of(outbound.resolve(host).destination());
    } catch (I2pException e) {
      if (e.kind() == ErrorKind.NAME_NOT_FOUND) {
        return Optional.empty();
      }
      throw Refusal.of(e);
    }
  }

  private boolean isAnswer(String token, Question question) {
    lock.lock();
    try {
      return question.equals(questions.get(token)) && questions.remove(token) != null;
    } finally {
      lock.unlock();
    }
  }

  private void put(Key key, I2pName address) throws Refusal {
    lock.lock();
    try {
      if (names.size() >= MAX_NAMES && !names.containsKey(key)) {
        throw new Refusal(503, "Too many address helpers were followed: start the proxy anew");
      }
      names.put(key, address);
    } finally {
      lock.unlock();
    }
  }

  private Page ask(
      Key key, I2pName known, I2pName offered, SiteTarget target, AddressHelper helper) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = HexFormat.of().formatHex(bytes);
    lock.lock();
    try {
      questions.put(token, new Question(key, offered));
    } finally {
      lock.unlock();
    }
    List<Map.Entry<String, String>> fields = new ArrayList<>(helper.fields());
    fields.add(Map.entry(AddressHelper.PARAMETER, Objects.requireNonNull(helper.address())));
    fields.add(Map.entry(AddressHelper.TOKEN, token));
    return Page.conflict(
        target.host(),
        base32(known),
        base32(offered),
        target.withPath(helper.restWithoutQuery()).url(),
        fields);
  }
}
