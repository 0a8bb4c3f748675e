package io.allium;

import io.allium.internal.values.Checks;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a session: its destination, its tunnels and what it carries. Immutable; start from {@link
 * #transientKeys()} or {@link #of(DestinationKeys)} and change what you need with {@link #toBuilder()}.
 *
 * @see <a href="https://geti2p.net/spec/i2cp#options">I2CP options</a>
 */
public final class SessionConfig {
  /** How long opening may take by default: a router that has just started builds tunnels for a minute or more. */
  public static final Duration DEFAULT_OPEN_TIMEOUT = Duration.ofSeconds(180);

  /** I2P's tunnels have at most seven hops. */
  static final int MAX_HOPS = 7;

  /** Routers accept up to 16 tunnels a direction. */
  static final int MAX_TUNNELS = 16;

  /** I2CP options whose values, or what belongs to them, are in the lease set, where everybody can read them. */
  private static final Set<String> OF_ONE_DESTINATION = Set.of(
      "i2cp.leaseSetPrivateKey",
      "i2cp.leaseSetSigningPrivateKey",
      "i2cp.leaseSetTransientPublicKey",
      "i2cp.leaseSetOfflineSignature",
      "i2cp.leaseSetOfflineExpiration");

  private final Optional<DestinationKeys> keys;
  private final SignatureType signatureType;
  private final Set<Protocol> protocols;
  private final Recovery recovery;
  private final Duration openTimeout;
  private final boolean anyProtocol;
  private final Map<String, String> options;

  private SessionConfig(Builder builder) {
    keys = builder.keys;
    signatureType = builder.signatureType;
    protocols = Collections.unmodifiableSet(EnumSet.copyOf(builder.protocols));
    recovery = builder.recovery;
    openTimeout = builder.openTimeout;
    anyProtocol = builder.anyProtocol;
    options = Collections.unmodifiableMap(new LinkedHashMap<>(builder.options));
  }

  /**
   * A session with a new destination of its own, forgotten when it closes.
   *
   * @return the defaults
   */
  public static SessionConfig transientKeys() {
    return builder().build();
  }

  /**
   * A session at an address that stays the same.
   *
   * @param keys the destination's keys; the session keeps its own copy once open
   * @return the defaults
   */
  public static SessionConfig of(DestinationKeys keys) {
    return builder().keys(keys).build();
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts without any I2CP option, for a program that passes on what others ask for, such as a bridge. Then the
   * router's own defaults apply, which differ between routers.
   *
   * @return a builder
   */
  public static Builder withoutDefaults() {
    Builder builder = new Builder();
    builder.options.clear();
    return builder;
  }

  /**
   * Starts from this configuration.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.keys = keys;
    builder.signatureType = signatureType;
    builder.protocols = protocols;
    builder.recovery = recovery;
    builder.openTimeout = openTimeout;
    builder.anyProtocol = anyProtocol;
    builder.options.clear();
    builder.options.putAll(options);
    return builder;
  }

  /**
   * The destination's keys.
   *
   * @return the keys, or empty for a new destination
   */
  public Optional<DestinationKeys> keys() {
    return keys;
  }

  /**
   * The signature type of a new destination.
   *
   * @return default {@link SignatureType#ED25519}
   */
  public SignatureType signatureType() {
    return signatureType;
  }

  /**
   * What the destination will carry, unless it is {@link #anyProtocol()}.
   *
   * @return at least one protocol; default {@link Protocol#STREAM}
   */
  public Set<Protocol> protocols() {
    return protocols;
  }

  /**
   * Whether the destination will carry all protocols that the router can carry together on one destination.
   *
   * @return default false
   */
  public boolean anyProtocol() {
    return anyProtocol;
  }

  /**
   * What happens when the router drops the session.
   *
   * @return default {@link Recovery#ON}
   */
  public Recovery recovery() {
    return recovery;
  }

  /**
   * How long opening may take.
   *
   * @return default 180 s
   */
  public Duration openTimeout() {
    return openTimeout;
  }

  /**
   * Every I2CP option of the session, those of the typed settings included.
   *
   * @return option names and values in a stable order
   */
  public Map<String, String> options() {
    return options;
  }

  /** Names the settings; never a key. */
  @Override
  public String toString() {
    return "SessionConfig[keys=" + (keys.isPresent() ? "given" : "new") + ", signatureType="
        + signatureType
        + ", protocols=" + (anyProtocol ? "any" : protocols) + ", recovery=" + recovery
        + ", openTimeout=" + openTimeout + ", options=" + options.keySet() + "]";
  }

  /** Collects settings; not for use by several threads at once. */
  public static final class Builder {
    private Optional<DestinationKeys> keys = Optional.empty();
    private SignatureType signatureType = SignatureType.ED25519;
    private Set<Protocol> protocols = EnumSet.of(Protocol.STREAM);
    private Recovery recovery = Recovery.ON;
    private Duration openTimeout = DEFAULT_OPEN_TIMEOUT;
    private boolean anyProtocol;
    private final Map<String, String> options = new LinkedHashMap<>();

    private Builder() {
      nickname("allium");
      tunnelLength(3, 3);
      tunnelQuantity(3, 3);
      encryptionTypes(4, 0);
    }

    /**
     * The destination's keys.
     *
     * @param value the keys; do not close them before {@link I2p#open} has returned; from then on the session has its
     *     own copy
     * @return this
     */
    public Builder keys(DestinationKeys value) {
      keys = Optional.of(value);
      return this;
    }

    /**
     * A new destination instead of given keys. This removes the options set so far that belong to one destination: its
     * lease set's keys, offline signature and published options ({@code i2cp.leaseSetPrivateKey} and the like). With
     * them, everybody could tell that both destinations belong to one program.
     *
     * @return this
     */
    public Builder newDestination() {
      keys = Optional.empty();
      options
          .keySet()
          .removeIf(option ->
              OF_ONE_DESTINATION.contains(option) || option.startsWith("i2cp.leaseSetOption."));
      return this;
    }

    /**
     * The signature type of a new destination.
     *
     * @param value default {@link SignatureType#ED25519}
     * @return this
     */
    public Builder signatureType(SignatureType value) {
      signatureType = Objects.requireNonNull(value, "signatureType");
      return this;
    }

    /**
     * What the destination will carry. Opening fails at once if the router cannot carry it.
     *
     * @param first one protocol
     * @param more others
     * @return this
     */
    public Builder protocols(Protocol first, Protocol... more) {
      protocols = EnumSet.of(first, more);
      anyProtocol = false;
      return this;
    }

    /**
     * The destination will carry all protocols that the router can carry together on one destination. Opening fails
     * with {@code UNSUPPORTED} if the router carries only one protocol at a time ({@link Capability#SUBSESSIONS}).
     *
     * @return this
     */
    public Builder anyProtocol() {
      anyProtocol = true;
      return this;
    }

    /**
     * What happens when the router drops the session.
     *
     * @param value default {@link Recovery#ON}
     * @return this
     */
    public Builder recovery(Recovery value) {
      recovery = Objects.requireNonNull(value, "recovery");
      return this;
    }

    /**
     * How long opening may take, the first time and each time the session comes back.
     *
     * @param value positive, default 180 s
     * @return this
     */
    public Builder openTimeout(Duration value) {
      openTimeout = Checks.positive(value, "openTimeout");
      return this;
    }

    /**
     * A name for people who look at the router's console; peers do not see it.
     *
     * @param value letters, digits, dots, dashes and underscores; default {@code allium}
     * @return this
     */
    public Builder nickname(String value) {
      if (!value.matches("[A-Za-z0-9._-]{1,64}")) {
        throw new IllegalArgumentException(
            "a nickname is 1-64 letters, digits, dots, dashes and underscores");
      }
      return option("inbound.nickname", value).option("outbound.nickname", value);
    }

    /**
     * How many hops the tunnels have. Fewer hops are faster and hide less. With 0 hops, the peer's router sees our
     * router.
     *
     * @param inbound 0–7, default 3
     * @param outbound 0–7, default 3
     * @return this
     */
    public Builder tunnelLength(int inbound, int outbound) {
      Checks.range(inbound, 0, MAX_HOPS, "inbound tunnel length");
      Checks.range(outbound, 0, MAX_HOPS, "outbound tunnel length");
      return option("inbound.length", Integer.toString(inbound))
          .option("outbound.length", Integer.toString(outbound));
    }

    /**
     * How many tunnels there are. The number is always sent, since routers differ in their defaults.
     *
     * @param inbound 1–16, default 3
     * @param outbound 1–16, default 3
     * @return this
     */
    public Builder tunnelQuantity(int inbound, int outbound) {
      Checks.range(inbound, 1, MAX_TUNNELS, "inbound tunnel quantity");
      Checks.range(outbound, 1, MAX_TUNNELS, "outbound tunnel quantity");
      return option("inbound.quantity", Integer.toString(inbound))
          .option("outbound.quantity", Integer.toString(outbound));
    }

    /**
     * The encryption types that peers may use, the preferred one first.
     *
     * @param preferred an I2P encryption type; default 4 (ECIES-X25519)
     * @param others further types; default 0 (ElGamal), for old peers
     * @return this
     */
    public Builder encryptionTypes(int preferred, int... others) {
      StringBuilder list = new StringBuilder().append(preferred);
      for (int type : others) {
        list.append(',').append(type);
      }
      return option("i2cp.leaseSetEncType", list.toString());
    }

    /**
     * Whether peers that know only the address can find the destination.
     *
     * @param value default true; false suits a session that only connects out
     * @return this
     */
    public Builder publishLeaseSet(boolean value) {
      return option("i2cp.dontPublishLeaseSet", Boolean.toString(!value));
    }

    /**
     * Any other I2CP option; replaces a typed setting of the same name.
     *
     * @param key without spaces, quotes, {@code =} or control characters
     * @param value without control characters
     * @return this
     */
    public Builder option(String key, String value) {
      if (key.isEmpty()
          || key.chars().anyMatch(c -> c <= ' ' || c == '=' || c == '"' || c == '\\' || c >= 127)) {
        throw new IllegalArgumentException(
            "an option's name has no spaces, quotes, '=' or control characters");
      }
      if (value.chars().anyMatch(c -> c < ' ' || c == 127)) {
        throw new IllegalArgumentException(
            "the value of option " + key + " has a control character");
      }
      options.put(key, value);
      return this;
    }

    /**
     * Makes the configuration.
     *
     * @return immutable
     */
    public SessionConfig build() {
      return new SessionConfig(this);
    }
  }
}
