/** Meters of sessions on a network in memory. Start at {@link io.allium.micrometer.I2pMetricsTest}. */
@NullMarked
package io.allium.micrometer;

import org.jspecify.annotations.NullMarked;
