package io.allium;

/** An answer of a router, as far as it can tell. */
public enum Known {
  /** It is so. */
  YES,
  /** It is not so. */
  NO,
  /** This router or provider has no way to know; only what your protocol expects of the peer proves it. */
  CANNOT_KNOW
}
