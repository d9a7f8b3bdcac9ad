package dev.tutti.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
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

/** The rules of this module. */
@AnalyzeClasses(packages = "dev.tutti.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.tutti.core";

  /** Every package that uses others of this module, and which; a constant leaves no trace. */
  private static final String EDGES =
      """
      audio.container -> audio
      audio.decode -> audio, audio.container, audio.flac, audio.mp3, audio.ogg, audio.pcm
      audio.flac -> audio, audio.container
      audio.mp3 -> audio, audio.container, audio.mpeg
      audio.ogg -> audio
      audio.pcm -> audio, audio.container
      calibration -> metrics, score
      dataset -> audio, audio.decode, content, csv, dataset.example, file, label
      metrics -> label, score, threshold
      mixture -> audio, content, dataset, label, spectrogram
      score -> label
      spectrogram -> audio, content
      threshold -> label, score
      """;

  @ArchTest
  static void packagesUseThoseOfTheTableAndNoOthers(JavaClasses classes) {
    Map<String, Set<String>> edges = new TreeMap<>();
    for (JavaClass from : classes) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (to.getPackageName().startsWith(ROOT) && !to.getPackage().equals(from.getPackage())) {
          edges.computeIfAbsent(name(from), name -> new TreeSet<>()).add(name(to));
        }
      }
    }
    StringBuilder table = new StringBuilder();
    edges.forEach(
        (from, uses) -> table.append(from + " -> " + String.join(", ", uses)).append('\n'));
    assertEquals(EDGES, table.toString());
  }

  private static String name(JavaClass type) {
    return type.getPackageName().substring(ROOT.length() + 1);
  }

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

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
  static final ArchRule NUMBERS_KNOW_NO_TRANSPORT_AND_NO_MODELS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.grpc..",
              "com.google.protobuf..",
              "io.netty..",
              "org.tensorflow..",
              "io.jhdf..",
              "dev.tutti.server..",
              "dev.tutti.worker..",
              "dev.tutti.client..",
              "dev.tutti.cli..",
              "dev.tutti.v1..");

  @ArchTest
  static final ArchRule NOTHING_STATIC_CHANGES = fields().that().areStatic().should().beFinal();

  @ArchTest
  static final ArchRule NO_PACKAGE_FOR_ODDS_AND_ENDS =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..");

  @ArchTest static final ArchRule NO_SINGLETONS = noMethods().should().haveName("getInstance");
}
