/** Apache HttpClient 5 over I2P: start from {@link io.allium.httpclient5.I2pHttpClient}. */
@NullMarked
package io.allium.httpclient5;

import org.jspecify.annotations.NullMarked;
