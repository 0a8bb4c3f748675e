package io.allium;

import io.allium.protocol.structures.Names;
import java.util.Optional;

/**
 * A host name such as {@code example.i2p}. Only a router's address book knows which destination it stands for, and
 * routers may differ. For a name that is the same everywhere use a {@link Base32Address}.
 */
public final class Hostname implements I2pName {
  private final String text;

  private Hostname(String text) {
    this.text = text;
  }

  /**
   * Reads a host name. It must follow the naming rules of I2P ("Naming and Address Book", "Naming Rules"): at most 67
   * characters, letters, digits, dots and hyphens, ending in {@code .i2p}, not within {@code .b32.i2p}. International
   * names are given in their {@code xn--} form.
   *
   * @param text the name; capital letters become small ones
   * @return the host name
   * @throws I2pException of kind {@code NAME_INVALID} if it breaks a rule; the message says which
   */
  public static Hostname parse(String text) throws I2pException {
    return new Hostname(Parsing.name(() -> Names.hostname(text)));
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public Optional<byte[]> hash() {
    return Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hostname that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /**
   * The whole host name: nobody would recognise a shortened one.
   *
   * @return the same as {@link #text()}
   */
  @Override
  public String toString() {
    return text;
  }
}
