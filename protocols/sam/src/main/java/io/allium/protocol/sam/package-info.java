/**
 * SAM 3.0 to 3.3 as values: lines, commands, replies and their limits. Start at {@link io.allium.protocol.sam.SamMessage} for
 * one line of the protocol, at {@link io.allium.protocol.sam.SamCommand} and {@link io.allium.protocol.sam.SamReply} for its meaning,
 * and at {@link io.allium.protocol.sam.LineFramer} to cut lines out of bytes. What a client says when is in
 * {@code io.allium.protocol.sam.state}.
 *
 * <p>Nothing here does I/O, keeps time or starts a thread. Parsing is lenient and printing strict. Keys, passwords and
 * destinations are shown by no {@code toString} and by no message of an exception.
 */
@NullMarked
package io.allium.protocol.sam;

import org.jspecify.annotations.NullMarked;
