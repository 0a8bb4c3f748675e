/**
 * The API of Allium: programs that talk to each other by I2P destination. Start at {@code io.allium.I2p}.
 *
 * <p>All calls block, and are meant for virtual threads. The API neither takes nor returns null.
 */
@NullMarked
package io.allium;

import org.jspecify.annotations.NullMarked;
