package io.allium.sam.bridge;

import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.ResolveOptions;
import io.allium.Resolved;
import io.allium.protocol.sam.DestGenerate;
import io.allium.protocol.sam.DestReply;
import io.allium.protocol.sam.NamingLookup;
import io.allium.protocol.sam.NamingReply;
import io.allium.protocol.sam.SamOption;
import io.allium.protocol.sam.SamReply;
import io.allium.protocol.sam.SamResult;
import java.util.List;
import java.util.Optional;

/** What needs no session: SAM v3, "Host Name Lookup" and "Destination Key Generation". */
final class Lookups {
  private final I2p router;

  Lookups(I2p router) {
    this.router = router;
  }

  /** {@code own} is the destination of the connection's session. */
  SamReply lookup(NamingLookup wanted, Optional<Destination> own) {
    if (wanted.name().equals(NamingLookup.ME)) {
      return own.isEmpty()
          ? failed(wanted, SamResult.INVALID_KEY, "there is no session")
          : found(wanted, own.get(), List.of());
    }
    try {
      Resolved resolved = router.resolve(
          I2pName.parse(wanted.name()),
          ResolveOptions.builder().leaseSetOptions(wanted.options()).build());
      List<SamOption> options = resolved.options().entrySet().stream()
          .map(entry -> new SamOption(entry.getKey(), entry.getValue()))
          .toList();
      return found(wanted, resolved.destination(), options);
    } catch (I2pException e) {
      return failed(wanted, Results.ofLookup(e.kind(), wanted.options()), Results.note(e));
    }
  }

  private static NamingReply found(
      NamingLookup wanted, Destination destination, List<SamOption> options) {
    return new NamingReply(
        SamResult.OK, wanted.name(), Optional.of(destination.base64()), options, "");
  }

  private static NamingReply failed(NamingLookup wanted, SamResult result, String note) {
    return new NamingReply(result, wanted.name(), Optional.empty(), List.of(), note);
  }

  SamReply generate(DestGenerate wanted) {
    try (DestinationKeys keys =
        DestinationKeys.generate(BridgeSession.signatureType(wanted.signatureType()))) {
      return new DestReply(
          SamResult.OK,
          Optional.of(keys.destination().base64()),
          Optional.of(keys.exportBase64()),
          "");
    } catch (I2pException e) {
      return new DestReply(
          Results.of(e.kind()), Optional.empty(), Optional.empty(), Results.note(e));
    }
  }
}
