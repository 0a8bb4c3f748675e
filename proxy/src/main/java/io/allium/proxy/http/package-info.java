/** {@link io.allium.proxy.http.HttpProxy}: browsers and HTTP clients reach I2P sites. */
@NullMarked
package io.allium.proxy.http;

import org.jspecify.annotations.NullMarked;
