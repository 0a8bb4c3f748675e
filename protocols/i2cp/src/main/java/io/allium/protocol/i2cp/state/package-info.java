/**
 * What a client of I2CP says when, as a state machine without I/O. Start at {@link
 * io.allium.protocol.i2cp.state.Conversation}.
 */
@NullMarked
package io.allium.protocol.i2cp.state;

import org.jspecify.annotations.NullMarked;
