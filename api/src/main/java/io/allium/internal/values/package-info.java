/** What the values of {@code io.allium} are made with: argument checks, key files, redaction. Not for other modules. */
@NullMarked
package io.allium.internal.values;

import org.jspecify.annotations.NullMarked;
