package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of bundled software names what is bundled, no more and no less. */
class ThirdPartyTest {
  private static final Path HOME = Path.of(System.getProperty("tutti.dist"));
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| ([^|]+) \\|.*");

  @Test
  void everyJarIsNamedWithItsLicence() throws IOException {
    Set<String> bundled;
    try (Stream<Path> jars = Files.list(HOME.resolve("lib"))) {
      bundled =
          jars.map(jar -> jar.getFileName().toString())
              .filter(jar -> !jar.startsWith("tutti-"))
              .map(jar -> jar.replaceFirst("-\\d.*\\.jar$", ""))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    Set<String> named = new TreeSet<>();
    for (String line : Files.readAllLines(HOME.resolve("THIRD_PARTY.md"))) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        named.add(row.group(1));
        assertTrue(row.group(2).matches("(Apache|MIT|BSD|EPL|LGPL)-?.*"), line);
      }
    }
    assertEquals(bundled, named);
  }
}
