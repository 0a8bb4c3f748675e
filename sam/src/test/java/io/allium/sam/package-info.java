/** Tests of the lines of SAM. Start at {@link io.allium.sam.SamCommandTest}. */
@NullMarked
package io.allium.sam;

import org.jspecify.annotations.NullMarked;
