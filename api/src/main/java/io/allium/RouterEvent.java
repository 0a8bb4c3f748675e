package io.allium;

import java.util.Objects;

/** What happens while a router starts or stops and its sessions open: {@link I2p#onEvent}. */
public sealed interface RouterEvent {
  /**
   * A session is being opened.
   *
   * @param destination whose, shortened in its {@code toString}
   * @param phase how far it is
   */
  record Opening(Destination destination, Phase phase) implements RouterEvent {
    /** Refuses null. */
    public Opening {
      Objects.requireNonNull(destination, "destination");
      Objects.requireNonNull(phase, "phase");
    }
  }

  /**
   * The router starts, or stops.
   *
   * @param phase how far it is
   */
  record Progress(Phase phase) implements RouterEvent {
    /** Refuses null. */
    public Progress {
      Objects.requireNonNull(phase, "phase");
    }
  }

  /** The access was closed; the last event. */
  record Closed() implements RouterEvent {}
}
