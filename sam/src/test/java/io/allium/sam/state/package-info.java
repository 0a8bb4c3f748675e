/** Tests of the client conversations. Start at {@link io.allium.sam.state.GoldenTranscriptTest}. */
@NullMarked
package io.allium.sam.state;

import org.jspecify.annotations.NullMarked;
