package io.allium.protocol.structures;

/** The flags of Datagram2 and Datagram3: the version in the low four bits, and what follows. */
final class Flags {
  static final int OPTIONS = 0x10;
  static final int OFFLINE = 0x20;

  private static final int VERSION = 0x0f;

  private Flags() {}

  /**
   * Reads flags and refuses those of the future: what they would announce cannot be found in the bytes.
   *
   * @param version what the low bits must be
   * @param known what else may be set
   */
  static int read(Cutter in, int version, int known) throws StructureException {
    int flags = in.unsignedShort();
    if ((flags & VERSION) != version) {
      throw StructureException.ofDatagram(
          "its version is " + (flags & VERSION) + ", not " + version);
    }
    if ((flags & ~VERSION & ~known) != 0) {
      throw StructureException.ofDatagram("it has flags that are not known here");
    }
    return flags;
  }
}
