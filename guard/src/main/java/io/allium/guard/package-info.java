/**
 * Keeps I2P names away from the system's resolver: {@link io.allium.guard.ResolverGuard}. To be on the class path is
 * enough.
 */
@NullMarked
package io.allium.guard;

import org.jspecify.annotations.NullMarked;
