package io.allium.cli;

import io.allium.Capability;
import io.allium.I2p;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An I2P port as an option. */
final class I2pPort implements ITypeConverter<Integer> {
  private static final int MAX = 65535;

  @Override
  public Integer convert(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= MAX) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new TypeConversionException("an I2P port is a number, 0-65535");
    }
    throw new TypeConversionException("an I2P port is 0-65535");
  }

  /** Known before a session is opened, which may take minutes. */
  static void requireCarried(I2p i2p, int port) throws CommandFailure {
    if (port != 0 && !i2p.capabilities().contains(Capability.PORTS)) {
      throw new CommandFailure(
          ExitCodes.BAD_CONFIGURATION,
          "this router has no ports on streams: use port 0, or another router");
    }
  }
}
