package dev.tutti.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.tutti.server.supervision.WorkerAddress;
import dev.tutti.server.supervision.WorkerEnd;
import dev.tutti.server.supervision.WorkerHandle;
import dev.tutti.server.supervision.WorkerListener;
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

/** The house's rules for the gateway. */
@AnalyzeClasses(packages = "dev.tutti.server", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.tutti.server";

  /** Every package that uses others of this module, and which; a constant leaves no trace. */
  private static final String EDGES =
      """
      admission -> error
      bank -> admission, async, error
      batching -> admission, async, config, error
      cache -> admission, config, error
      classify -> admission, async, bank, batching, cache, config, error
      device -> config
      dispatch -> admission, async, bank, batching, config, error, supervision, wire
      evaluate -> admission, async, bank, classify, config, error
      grpc -> admission, async, bank, cache, classify, device, dispatch, error, evaluate, grpc.call, reload, supervision, wire
      grpc.call -> admission, async, config, error
      reload -> async, bank, config, device, dispatch, error, supervision
      supervision -> config, device
      supervision.process -> device, supervision
      """;

  private static final String[] GENERATED = {
    "dev.tutti.v1..",
    "dev.tutti.worker..",
    "dev.tutti.inference..",
    "com.google.protobuf..",
    "com.google.rpc..",
    "com.google.api.."
  };

  @ArchTest
  static final ArchRule generatedMessagesStayAtTheEdges =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.tutti.server.grpc..", "dev.tutti.server.dispatch..", "dev.tutti.server.wire..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(GENERATED);

  @ArchTest
  static final ArchRule grpcStaysAtTheEdges =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.tutti.server.grpc..",
              "dev.tutti.server.dispatch..",
              "dev.tutti.server.supervision..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "io.netty..");

  @ArchTest
  static final ArchRule batchingAndCacheKnowNoProcesses =
      noClasses()
          .that()
          .resideInAnyPackage("dev.tutti.server.batching..", "dev.tutti.server.cache..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.tutti.server.supervision..", "dev.tutti.server.dispatch..");

  @ArchTest
  static final ArchRule supervisionKnowsNoInference =
      noClasses()
          .that()
          .resideInAPackage("dev.tutti.server.supervision..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.tutti.server.batching..",
              "dev.tutti.server.classify..",
              "dev.tutti.server.dispatch..",
              "dev.tutti.server.evaluate..",
              "dev.tutti.core..",
              "dev.tutti.worker..");

  /** So that a worker on another machine is another handle. */
  @ArchTest
  static final ArchRule dispatchKnowsHandlesAndNoProcesses =
      noClasses()
          .that()
          .resideInAPackage("dev.tutti.server.dispatch..")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage("dev.tutti.server.supervision..")
                  .and(
                      DescribedPredicate.not(
                          JavaClass.Predicates.belongToAnyOf(
                              WorkerHandle.class,
                              WorkerEnd.class,
                              WorkerAddress.class,
                              WorkerListener.class))));

  @ArchTest
  static final ArchRule noPackageIsAJunkDrawer =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..");

  @ArchTest
  static final ArchRule noCycles = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

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
    // The root joins all of them.
    edges.remove("");
    StringBuilder table = new StringBuilder();
    edges.forEach(
        (from, uses) -> table.append(from + " -> " + String.join(", ", uses)).append('\n'));
    assertEquals(EDGES, table.toString());
  }

  private static String name(JavaClass type) {
    String name = type.getPackageName().substring(ROOT.length());
    return name.isEmpty() ? "" : name.substring(1);
  }

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
  static final ArchRule noOtherProgram =
      noClasses()
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAnyPackage(
                  "dev.tutti.client..", "dev.tutti.cli..", "org.tensorflow.."));

  @ArchTest static final ArchRule noMutableStatics = fields().that().areStatic().should().beFinal();
}
