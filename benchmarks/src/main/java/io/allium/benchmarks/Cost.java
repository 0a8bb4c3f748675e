package io.allium.benchmarks;

/**
 * What one run took.
 *
 * @param seconds on the wall
 * @param cpu seconds of the client's process
 */
record Cost(double seconds, double cpu) {}
