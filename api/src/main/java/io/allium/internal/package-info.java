/** Encodings and key arithmetic behind the API's types. Not for use by programs; may change in any release. */
@NullMarked
package io.allium.internal;

import org.jspecify.annotations.NullMarked;
