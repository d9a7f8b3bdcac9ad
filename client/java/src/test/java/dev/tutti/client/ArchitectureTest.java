package dev.tutti.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house's rules for the client library. */
@AnalyzeClasses(packages = "dev.tutti.client", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] WIRE = {
    "dev.tutti.v1..",
    "com.google.protobuf..",
    "com.google.rpc..",
    "com.google.common.util.concurrent..",
    "io.grpc..",
    "io.netty.."
  };

  @ArchTest
  static final ArchRule nothingButTheWireAndTheNumbers =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(with("dev.tutti.client", "dev.tutti.core..", "java.."));

  /** So there are no edges between packages to name. */
  @ArchTest
  static final ArchRule onePackage = classes().should().resideInAPackage("dev.tutti.client");

  @Test
  void thePackageHasAtMostThirtyFilesAndFilesThreeHundredLines() throws IOException {
    Path library = Path.of("src/main/java/dev/tutti/client");
    try (Stream<Path> all = Files.list(library)) {
      List<Path> files = all.toList();
      assertTrue(files.size() <= 30, "too many files");
      assertTrue(files.contains(library.resolve("package-info.java")), "no package-info.java");
      for (Path file : files) {
        assertTrue(Files.readAllLines(file).size() <= 300, () -> file + " has too many lines");
      }
    }
  }

  @ArchTest static final ArchRule noMutableStatics = fields().that().areStatic().should().beFinal();

  private static String[] with(String... others) {
    return Stream.of(WIRE, others).flatMap(Arrays::stream).toArray(String[]::new);
  }
}
