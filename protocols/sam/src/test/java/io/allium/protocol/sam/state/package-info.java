/** Tests of the client conversations. Start at {@link io.allium.protocol.sam.state.GoldenTranscriptTest}. */
@NullMarked
package io.allium.protocol.sam.state;

import org.jspecify.annotations.NullMarked;
