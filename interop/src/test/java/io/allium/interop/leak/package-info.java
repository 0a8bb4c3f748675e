/**
 * Programs that {@code interop/no-leak} watches from outside: {@link io.allium.interop.leak.Programs} use each way into
 * I2P and must send nothing anywhere else, {@link io.allium.interop.leak.Planted} leaks on purpose and must be seen.
 */
@NullMarked
package io.allium.interop.leak;

import org.jspecify.annotations.NullMarked;
