/**
 * A SAM bridge for tests: start at {@link io.allium.sam.bridge.TestBridge}. It serves SAM over any provider through the
 * public API alone, which proves that the API lacks nothing that a bridge needs.
 */
@NullMarked
package io.allium.sam.bridge;

import org.jspecify.annotations.NullMarked;
