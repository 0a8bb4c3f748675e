package io.allium.protocol.structures;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A mapping of text to text (common structures, "Mapping"). */
public final class OptionsMapping {
  /** Far more than any use of a mapping has; a peer that sends more wants to fill our memory. */
  static final int MAX_OPTIONS = 256;

  /** Common structures, "String": the length is one byte. */
  static final int MAX_STRING = 255;

  /** Common structures, "Mapping": the length is two bytes. */
  private static final int MAX_MAPPING = 65_535;

  private OptionsMapping() {}

  /**
   * Encodes a mapping, sorted by name.
   *
   * @param options at most 256, each name and value at most 255 bytes of UTF-8
   * @return the mapping with its length
   * @throws IllegalArgumentException if there are more, or they are longer
   */
  public static byte[] encode(Map<String, String> options) {
    if (options.size() > MAX_OPTIONS) {
      throw new IllegalArgumentException(
          "at most " + MAX_OPTIONS + " options, not " + options.size());
    }
    // common structures, "Mapping": in the order of String.compareTo()
    SortedMap<String, String> sorted = new TreeMap<>(options);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sorted.forEach((key, value) -> {
      string(out, key);
      out.write('=');
      string(out, value);
      out.write(';');
    });
    if (out.size() > MAX_MAPPING) {
      throw new IllegalArgumentException("the options are too long: " + out.size() + " bytes");
    }
    return ByteBuffer.allocate(Short.BYTES + out.size())
        .putShort((short) out.size())
        .put(out.toByteArray())
        .array();
  }

  /** Reads options in any order. */
  static Map<String, String> read(Cutter in) throws StructureException {
    return read(in, false);
  }

  /** Reads options in the order that signed structures must have: a router that sorts them otherwise finds another signature. */
  static Map<String, String> readSorted(Cutter in) throws StructureException {
    return read(in, true);
  }

  private static Map<String, String> read(Cutter in, boolean sorted) throws StructureException {
    Cutter mapping = in.part(in.unsignedShort());
    String last = null;
    Map<String, String> options = new LinkedHashMap<>();
    while (mapping.remaining() > 0) {
      String key = string(mapping);
      require(mapping, '=');
      String value = string(mapping);
      require(mapping, ';');
      if (options.put(key, value) != null) {
        throw in.refused("it has an option twice");
      }
      if (sorted && last != null && last.compareTo(key) > 0) {
        throw in.refused("its options are not sorted");
      }
      last = key;
      if (options.size() > MAX_OPTIONS) {
        throw in.refused("it has more than " + MAX_OPTIONS + " options");
      }
    }
    return Collections.unmodifiableMap(options);
  }

  private static void string(ByteArrayOutputStream out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > MAX_STRING) {
      throw new IllegalArgumentException(
          "a name or value of an option has at most " + MAX_STRING + " bytes, not " + utf8.length);
    }
    out.write(utf8.length);
    out.writeBytes(utf8);
  }

  private static String string(Cutter in) throws StructureException {
    byte[] utf8 = in.take(in.unsignedByte());
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw in.refused("its options are not UTF-8");
    }
  }

  private static void require(Cutter in, char separator) throws StructureException {
    if (in.unsignedByte() != separator) {
      throw in.refused("its options lack a separator");
    }
  }
}
