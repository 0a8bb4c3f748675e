package io.allium.protocol.sam;

import java.util.Optional;

/**
 * {@code DEST GENERATE} (SAM v3, "Destination Key Generation"). It needs no session.
 *
 * @param signatureType signature type by name or number, from 3.1; without it a DSA_SHA1 key comes back
 */
public record DestGenerate(Optional<String> signatureType) implements SamCommand {
  @Override
  public SamMessage message() {
    return new Fields.Builder().add("SIGNATURE_TYPE", signatureType).message("DEST", "GENERATE");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
