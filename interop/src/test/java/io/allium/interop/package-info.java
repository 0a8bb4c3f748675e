/** Allium against real routers, on private networks that the tests start. Begin at {@link io.allium.interop.TestNet}. */
@NullMarked
package io.allium.interop;

import org.jspecify.annotations.NullMarked;
