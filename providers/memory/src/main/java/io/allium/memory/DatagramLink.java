package io.allium.memory;

import io.allium.SendOptions;
import io.allium.spi.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The datagrams of one port to one destination: each is lost or late by the number it has on this link. */
final class DatagramLink {
  private final Dice dice;
  private final AtomicLong sent = new AtomicLong();

  DatagramLink(Dice dice) {
    this.dice = dice;
  }

  void carry(
      TimeSource time, DatagramTransit transit, int size, SendOptions how, Runnable arrival) {
    long number = sent.getAndIncrement();
    if (dice.loses(number)) {
      return;
    }
    long nanos = dice.travelNanos(number);
    if (how.expires().isPresent() && how.expires().get().compareTo(Duration.ofNanos(nanos)) < 0) {
      return;
    }
    if (nanos <= 0) {
      arrival.run();
    } else {
      transit.carry(time, nanos, size, arrival);
    }
  }
}
