/**
 * The machinery behind the handles of {@code io.allium}: it knows the values and the SPI, and no handle. Not for other
 * modules; may change in any release.
 *
 * <p>Start at {@link io.allium.internal.RouterCore} and {@link io.allium.internal.SessionCore}; ARCHITECTURE.md has the
 * locks and threads.
 */
@NullMarked
package io.allium.internal;

import org.jspecify.annotations.NullMarked;
