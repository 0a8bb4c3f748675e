/**
 * What the API's values need of the platform: key files, and short forms for logs. Not for use by programs; may change in
 * any release.
 *
 * <p>Start at {@link io.allium.internal.values.KeyFiles}.
 */
@NullMarked
package io.allium.internal.values;

import org.jspecify.annotations.NullMarked;
