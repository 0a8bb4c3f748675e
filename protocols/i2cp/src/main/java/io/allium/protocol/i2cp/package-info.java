/**
 * The client's side of I2CP, the interface between a program and a router, as pure code. Start at {@link
 * io.allium.protocol.i2cp.MessageFramer} for what comes from a router, at {@link io.allium.protocol.i2cp.ClientMessage} for
 * what goes to it, and at {@link io.allium.protocol.i2cp.state.Conversation} for what is said when.
 */
@NullMarked
package io.allium.protocol.i2cp;

import org.jspecify.annotations.NullMarked;
