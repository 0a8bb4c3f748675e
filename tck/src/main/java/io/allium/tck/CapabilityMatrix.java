package io.allium.tck;

import io.allium.Capability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What each provider is known to do: {@code capabilities.csv}. A provider that does more or less than it says fails. */
public final class CapabilityMatrix {
  private final List<List<String>> rows;

  private CapabilityMatrix(List<List<String>> rows) {
    this.rows = rows;
  }

  /**
   * Reads the matrix.
   *
   * @return all of it
   */
  public static CapabilityMatrix read() {
    try (InputStream in = CapabilityMatrix.class.getResourceAsStream("capabilities.csv")) {
      if (in == null) {
        throw new IllegalStateException("capabilities.csv is missing");
      }
      return new CapabilityMatrix(
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
              .lines()
              .map(line -> List.of(line.split(",", -1)))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The matrix as it stands in the file.
   *
   * @return the head line, then one row a provider
   */
  public List<List<String>> rows() {
    return rows;
  }

  /**
   * What a provider is known to do.
   *
   * @param provider the row
   * @return its capabilities, or empty if there is no such row
   */
  public Optional<Set<Capability>> of(String provider) {
    return rows.stream()
        .filter(row -> row.getFirst().equals(provider))
        .findFirst()
        .map(this::set);
  }

  private Set<Capability> set(List<String> row) {
    Set<Capability> found = EnumSet.noneOf(Capability.class);
    for (int i = 1; i < row.size(); i++) {
      if (row.get(i).equals("yes")) {
        found.add(Capability.valueOf(rows.getFirst().get(i)));
      }
    }
    return found;
  }
}
