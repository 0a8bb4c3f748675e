/**
 * Proof of the SAM provider against a scripted bridge on a real socket. Start at
 * {@link io.allium.sam.StubBridge}.
 */
@NullMarked
package io.allium.sam;

import org.jspecify.annotations.NullMarked;
