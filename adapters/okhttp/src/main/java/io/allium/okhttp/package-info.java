/** OkHttp over I2P: start from {@link io.allium.okhttp.I2pOkHttp}. */
@NullMarked
package io.allium.okhttp;

import org.jspecify.annotations.NullMarked;
