/**
 * Encodings and key arithmetic behind the API's types. Not for use by programs; may change in any release.
 *
 * <p>Start at {@link io.allium.internal.Names} for text, {@link io.allium.internal.KeysAndCert} for destinations and
 * {@link io.allium.internal.PrivateKeys} for their keys.
 */
@NullMarked
package io.allium.internal;

import org.jspecify.annotations.NullMarked;
