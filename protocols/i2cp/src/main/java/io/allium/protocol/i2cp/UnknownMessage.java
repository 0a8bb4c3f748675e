package io.allium.protocol.i2cp;

/**
 * A message of a type that a client need not know: newer than this program, or too old for any router in use.
 *
 * @param type the number of its type
 */
public record UnknownMessage(int type) implements RouterMessage {}
