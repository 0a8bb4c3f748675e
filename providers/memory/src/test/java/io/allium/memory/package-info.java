/**
 * The network in memory under faults, by a clock that tests move. Start at {@link io.allium.memory.FaultReplayTest}.
 */
@NullMarked
package io.allium.memory;

import org.jspecify.annotations.NullMarked;
