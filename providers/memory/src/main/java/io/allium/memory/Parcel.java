package io.allium.memory;

import io.allium.DatagramFormat;
import io.allium.I2pDatagram;

/** A datagram on its way to a destination. */
record Parcel(DatagramFormat format, I2pDatagram content, int size) {}
