package dev.tutti.worker;

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
import com.tngtech.archunit.core.importer.Location;
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
@AnalyzeClasses(packages = "dev.tutti.worker", importOptions = ArchitectureTest.ThisModule.class)
class ArchitectureTest {
  private static final String ROOT = "dev.tutti.worker";

  /** Every package that uses others of this module, and which; a constant leaves no trace. */
  private static final String EDGES =
      """
      bank -> bank.input, bankfile, device, graph, keras, keras.layer, keras.read, savedmodel
      bank.input -> graph
      bankfile -> graph, keras, keras.layer
      bench -> bank, bank.input, bankfile, device, graph, grpc, keras, keras.layer
      cli -> bank, bench, device, graph, keras, keras.layer, keras.read, savedmodel, training.card, training.run
      graph -> keras, keras.layer
      grpc -> bank, bank.input
      keras.hdf5 -> keras, keras.layer
      keras.layer -> keras
      keras.read -> keras, keras.hdf5, keras.layer
      savedmodel -> graph, keras, keras.layer
      training.augment -> training.data
      training.card -> bank, bank.input, bankfile, graph, keras.layer, training.network, training.run, training.validation
      training.network -> device, graph, keras.layer, training.data
      training.run -> device, graph, training.augment, training.data, training.network, training.validation
      training.validation -> training.augment, training.data
      worker -> bank, bank.input, device, grpc, keras
      """;

  /**
   * What this module's own sources became. The generated messages share its root package and are a
   * folder of classes or a jar, depending on how far the build has come.
   */
  static final class ThisModule implements ImportOption {
    private static final String CLASSES =
        WorkerMain.class.getProtectionDomain().getCodeSource().getLocation().getPath();

    @Override
    public boolean includes(Location location) {
      return location.contains(CLASSES);
    }
  }

  @ArchTest
  static void packagesUseThoseOfTheTableAndNoOthers(JavaClasses classes) {
    Map<String, Set<String>> edges = new TreeMap<>();
    for (JavaClass from : classes) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (classes.contain(to.getName()) && !to.getPackageName().equals(from.getPackageName())) {
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
    return type.getPackageName().equals(ROOT)
        ? "worker"
        : type.getPackageName().substring(ROOT.length() + 1);
  }

  /** Sub-packages are packages of their own, and so is the root. */
  @ArchTest
  static final ArchRule noCycles = slices().matching("dev.tutti.(**)").should().beFreeOfCycles();

  @Test
  void packagesHaveAtMostThirtyFilesAndSayWhatLivesThereAndFilesHaveThreeHundredLines()
      throws IOException {
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
  static final ArchRule generatedMessagesStayAtTheEndpoint =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.tutti.worker.grpc")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.tutti.worker.v1", "dev.tutti.v1");

  @ArchTest
  static final ArchRule grpcStaysAtTheEndpoint =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.tutti.worker.grpc")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "io.netty..");

  @ArchTest
  static final ArchRule kerasKnowsNoTensorFlow =
      noClasses()
          .that()
          .resideInAPackage("dev.tutti.worker.keras..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tensorflow..", "dev.tutti.core..");

  @ArchTest
  static final ArchRule notesAndWhatVariesThemKnowNoTensorFlow =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.tutti.worker.training.data",
              "dev.tutti.worker.training.augment",
              "dev.tutti.worker.training.validation")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.tensorflow..");

  @ArchTest
  static final ArchRule onlyTheRoomForHdf5ReadsIt =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.tutti.worker.keras.hdf5")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.jhdf..");

  @ArchTest
  static final ArchRule noMutableStatics =
      fields().that().areStatic().should().beFinal().because("state belongs to objects");

  @ArchTest
  static final ArchRule noDustbins =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..");
}
