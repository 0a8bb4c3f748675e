/** Tests of the messages of I2CP. Start at {@link io.allium.protocol.i2cp.RouterMessageTest}. */
@NullMarked
package io.allium.protocol.i2cp;

import org.jspecify.annotations.NullMarked;
