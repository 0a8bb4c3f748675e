/** What performance claims rest on. {@code benchmarks/run} runs everything; {@code RESULTS.md} has what came out. */
@NullMarked
package io.allium.benchmarks;

import org.jspecify.annotations.NullMarked;
