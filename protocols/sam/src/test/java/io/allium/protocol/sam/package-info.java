/** Tests of the lines of SAM. Start at {@link io.allium.protocol.sam.SamCommandTest}. */
@NullMarked
package io.allium.protocol.sam;

import org.jspecify.annotations.NullMarked;
