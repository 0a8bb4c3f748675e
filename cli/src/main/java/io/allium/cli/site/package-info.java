/** A folder as an I2P site: HTTP over streams, without a port on this host. Start at {@link io.allium.cli.site.Site}. */
@NullMarked
package io.allium.cli.site;

import org.jspecify.annotations.NullMarked;
