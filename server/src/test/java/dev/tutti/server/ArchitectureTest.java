package dev.tutti.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.tutti.server.supervision.WorkerAddress;
import dev.tutti.server.supervision.WorkerEnd;
import dev.tutti.server.supervision.WorkerHandle;
import dev.tutti.server.supervision.WorkerListener;

/** The house's rules for the gateway. */
@AnalyzeClasses(packages = "dev.tutti.server", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
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
          .resideOutsideOfPackages("dev.tutti.server.grpc..", "dev.tutti.server.dispatch..")
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
  static final ArchRule noCycles =
      slices().matching("dev.tutti.server.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noOtherProgram =
      noClasses()
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAnyPackage(
                  "dev.tutti.client..", "dev.tutti.cli..", "org.tensorflow.."));

  @ArchTest static final ArchRule noMutableStatics = fields().that().areStatic().should().beFinal();
}
