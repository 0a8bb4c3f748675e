package io.allium.cli;

/** Options that are looked at before their command begins: what is wrong with them costs no question to a router. */
interface Checked {
  /** Refuses what cannot be meant, and questions what is odd. */
  void check(Output out) throws CommandFailure;
}
