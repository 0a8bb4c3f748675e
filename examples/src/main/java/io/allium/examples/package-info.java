/** Whole small programs. Each takes the router's URI as its first argument; all are run by tests over {@code memory:}. */
@NullMarked
package io.allium.examples;

import org.jspecify.annotations.NullMarked;
