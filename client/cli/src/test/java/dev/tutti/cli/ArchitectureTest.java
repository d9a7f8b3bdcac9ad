package dev.tutti.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house's rules for the command line. */
@AnalyzeClasses(packages = "dev.tutti.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.tutti.";
  private static final String VERBS = "dev.tutti.cli";

  /** Every package that uses others of this module, and which; a constant leaves no trace. */
  private static final String EDGES =
      """
      cli -> cli.classify, cli.input, cli.local, cli.picture, cli.render, cli.report
      cli.local -> cli.report
      cli.report -> cli.classify
      """;

  @ArchTest
  static void packagesUseThoseOfTheTableAndNoOthers(JavaClasses classes) {
    Map<String, Set<String>> edges = new TreeMap<>();
    for (JavaClass from : classes) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (isOurs(to) && !to.getPackage().equals(from.getPackage())) {
          edges.computeIfAbsent(name(from), name -> new TreeSet<>()).add(name(to));
        }
      }
    }
    StringBuilder table = new StringBuilder();
    edges.forEach(
        (from, uses) -> table.append(from + " -> " + String.join(", ", uses)).append('\n'));
    assertEquals(EDGES, table.toString());
  }

  private static boolean isOurs(JavaClass type) {
    return (type.getPackageName() + ".").startsWith(VERBS + ".");
  }

  private static String name(JavaClass type) {
    return type.getPackageName().substring(ROOT.length());
  }

  @ArchTest
  static final ArchRule noCycles = slices().matching(ROOT + "(**)").should().beFreeOfCycles();

  @Test
  void packagesHaveAtMostThirtyFilesAndFilesThreeHundredLines() throws IOException {
    Map<Path, Integer> packages = new HashMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        int count = packages.merge(file.getParent(), 1, Integer::sum);
        assertTrue(count <= 30, () -> file.getParent() + " has too many files");
        assertTrue(Files.readAllLines(file).size() <= 300, () -> file + " has too many lines");
        assertTrue(
            Files.exists(file.resolveSibling("package-info.java")),
            () -> file.getParent() + " does not say what lives there");
      }
    }
    assertFalse(packages.isEmpty());
  }

  @ArchTest
  static final ArchRule optionsAreReadByVerbsAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage(VERBS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule theWireIsTheLibrarysAffair =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.tutti.v1..",
              "dev.tutti.inference..",
              "com.google.protobuf..",
              "com.google.rpc..",
              "com.google.api..",
              "io.grpc..",
              "io.netty..");

  @ArchTest
  static final ArchRule noOtherProgram =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.tutti.server..", "dev.tutti.worker..", "org.tensorflow..");

  @ArchTest
  static final ArchRule noPackageIsAJunkDrawer =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..");

  @ArchTest static final ArchRule noMutableStatics = fields().that().areStatic().should().beFinal();
}
