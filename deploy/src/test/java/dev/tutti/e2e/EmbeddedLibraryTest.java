package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What comes with the Java library into a project that depends on nothing else. */
class EmbeddedLibraryTest {
  private static final Path TREE =
      Distribution.root().resolve("client/examples/java/target/dependency-tree.txt");

  /** Such as {@code | +- io.grpc:grpc-stub:jar:1.83.1:compile}. */
  private static final Pattern LINE =
      Pattern.compile("[ |+\\\\-]+([\\w.-]+):([\\w.-]+):jar:[\\w.-]+:(compile|runtime)");

  /** gRPC with what its own authors need, and what core reads JSON and CSV with. */
  private static final Set<String> GROUPS =
      Set.of(
          "dev.tutti",
          "io.grpc",
          "io.netty",
          "io.perfmark",
          "com.google.android",
          "com.google.api.grpc",
          "com.google.code.findbugs",
          "com.google.code.gson",
          "com.google.errorprone",
          "com.google.guava",
          "com.google.j2objc",
          "com.google.protobuf",
          "org.codehaus.mojo",
          "org.jspecify",
          "com.fasterxml.jackson.core",
          "com.fasterxml.jackson.dataformat");

  @Test
  void nothingButTheWireAndTheNumbers() throws IOException {
    String tree = Files.readString(TREE);
    System.out.println(tree);
    Set<String> groups = new TreeSet<>();
    Set<String> ours = new TreeSet<>();
    Set<String> formats = new TreeSet<>();
    for (String line : tree.lines().skip(1).toList()) {
      Matcher dependency = LINE.matcher(line);
      assertTrue(dependency.matches(), line);
      groups.add(dependency.group(1));
      switch (dependency.group(1)) {
        case "dev.tutti" -> ours.add(dependency.group(2));
        case "com.fasterxml.jackson.dataformat" -> formats.add(dependency.group(2));
        default -> {}
      }
    }
    assertEquals(new TreeSet<>(GROUPS), groups);
    assertEquals(Set.of("tutti-client", "tutti-core", "tutti-proto"), ours);
    assertEquals(Set.of("jackson-dataformat-csv"), formats);
  }
}
