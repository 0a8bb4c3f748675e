/** Tests of the client's conversation. Start at {@link io.allium.protocol.i2cp.state.ConversationTest}. */
@NullMarked
package io.allium.protocol.i2cp.state;

import org.jspecify.annotations.NullMarked;
