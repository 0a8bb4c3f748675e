/**
 * The API of Allium: programs that talk to each other by I2P destination. Start at {@code io.allium.I2p}.
 *
 * <p>Everything here blocks and is meant for virtual threads; null never crosses it.
 */
@NullMarked
package io.allium;

import org.jspecify.annotations.NullMarked;
