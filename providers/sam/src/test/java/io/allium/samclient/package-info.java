/**
 * Proof of the SAM provider against a scripted bridge on a real socket. Start at
 * {@link io.allium.samclient.StubBridge}.
 */
@NullMarked
package io.allium.samclient;

import org.jspecify.annotations.NullMarked;
