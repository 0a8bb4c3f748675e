package io.allium.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options of I2CP that clients give for a session, as the specification lists them, with those of streaming. Others are
 * handed on as well: a router may be newer than this list.
 *
 * @see <a href="https://geti2p.net/en/docs/protocol/i2cp">I2CP, "Options"</a>
 */
final class I2cpOptions {
  private static final List<String> KNOWN = Stream.of(
          both("allowZeroHop backupQuantity IPRestriction length lengthVariance nickname priority"
              + " quantity randomKey"),
          words(
              "",
              "clientMessageTimeout crypto.lowTagThreshold crypto.ratchet.inboundTags"
                  + " crypto.ratchet.outboundTags crypto.tagsToSend explicitPeers shouldBundleReplyInfo"),
          words(
              "i2cp.",
              "accessList closeIdleTime closeOnIdle destination.sigType dontPublishLeaseSet"
                  + " enableAccessList enableBlackList encryptLeaseSet fastReceive gzip leaseSetAuthType"
                  + " leaseSetBlindedType leaseSetEncType leaseSetKey leaseSetOfflineExpiration"
                  + " leaseSetOfflineSignature leaseSetPrivateKey leaseSetPrivKey leaseSetSecret"
                  + " leaseSetSigningPrivateKey leaseSetTransientPublicKey leaseSetType"
                  + " messageReliability reduceIdleTime reduceOnIdle reduceQuantity"),
          words(
              "i2p.streaming.",
              "answerPings bufferSize congestionAvoidanceGrowthRateFactor connectDelay connectTimeout"
                  + " disableRejectLogging enforceProtocol inactivityAction inactivityTimeout"
                  + " initialAckDelay initialResendDelay initialRTO initialRTT initialWindowSize"
                  + " limitAction limitsManuallySet maxConcurrentStreams maxConnsPerDay maxConnsPerHour"
                  + " maxConnsPerMinute maxInboundSpeed maxMessageSize maxOutboundSpeed maxResends"
                  + " maxTotalConnsPerDay maxTotalConnsPerHour maxTotalConnsPerMinute maxWindowSize"
                  + " profile readTimeout slowStartGrowthRateFactor writeTimeout"))
      .flatMap(List::stream)
      .toList();

  /** Those that are numbered. */
  private static final List<String> FAMILIES =
      List.of("i2cp.leaseSetClient.dh.", "i2cp.leaseSetClient.psk.", "i2cp.leaseSetOption.");

  private I2cpOptions() {}

  /** Asks about one that is not known. */
  static Optional<String> question(String key) {
    if (KNOWN.contains(key) || FAMILIES.stream().anyMatch(key::startsWith)) {
      return Optional.empty();
    }
    String shown = Output.harmless(key);
    return Optional.of("--option " + shown + " is no option of I2CP that is known here: "
        + Nearest.of(key, KNOWN)
            .map(word -> "did you mean " + word + "?")
            .orElse("the router may take no notice of it"));
  }

  /** Refuses a number of tunnels or hops that no router builds. */
  static void requireValue(String key, String value) throws CommandFailure {
    String name = key.replaceFirst("^(in|out)bound\\.", "");
    if (name.equals(key)) {
      return;
    }
    switch (name) {
      case "length" -> requireNumber(key, value, 0, 7);
      case "lengthVariance" -> requireNumber(key, value, -7, 7);
      case "quantity" -> requireNumber(key, value, 1, 16);
      case "backupQuantity" -> requireNumber(key, value, 0, 16);
      case "allowZeroHop" -> {
        if (!value.equals("true") && !value.equals("false")) {
          throw refused(key, "true or false");
        }
      }
      default -> {}
    }
  }

  private static void requireNumber(String key, String value, int min, int max)
      throws CommandFailure {
    if (!value.matches("-?[0-9]{1,3}")
        || Integer.parseInt(value) < min
        || Integer.parseInt(value) > max) {
      throw refused(key, "a whole number, " + min + " to " + max);
    }
  }

  private static CommandFailure refused(String key, String what) {
    return new CommandFailure(ExitCodes.USAGE, "--option " + key + " is " + what);
  }

  private static List<String> both(String names) {
    return Stream.of("inbound.", "outbound.")
        .flatMap(way -> words(way, names).stream())
        .toList();
  }

  private static List<String> words(String prefix, String names) {
    return Arrays.stream(names.split(" ")).map(name -> prefix + name).toList();
  }
}
