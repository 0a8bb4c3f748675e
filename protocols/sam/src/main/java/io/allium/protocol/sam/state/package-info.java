/**
 * What a SAM client says when, as state machines without I/O. Start at {@link io.allium.protocol.sam.state.Conversation}.
 *
 * <p>A connection is a sequence of conversations: {@link io.allium.protocol.sam.state.HelloConversation} first, then one for the
 * command it is made for. Deadlines are the driver's business: every conversation may be left at any time by closing
 * the connection.
 */
@NullMarked
package io.allium.protocol.sam.state;

import org.jspecify.annotations.NullMarked;
