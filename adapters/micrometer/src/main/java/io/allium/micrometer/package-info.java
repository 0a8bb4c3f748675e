/** Meters for Micrometer. Start at {@link io.allium.micrometer.I2pMetrics}. */
@NullMarked
package io.allium.micrometer;

import org.jspecify.annotations.NullMarked;
