package dev.tutti.worker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.tutti.worker",
    importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class ArchitectureTest {
  @ArchTest
  static final ArchRule generatedMessagesStayAtTheEndpoint =
      noClasses()
          .that()
          .resideOutsideOfPackages("..worker.grpc", "dev.tutti.worker.v1", "dev.tutti.v1")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.tutti.worker.v1", "dev.tutti.v1");

  @ArchTest
  static final ArchRule grpcStaysAtTheEndpointAndTheRoot =
      noClasses()
          .that()
          .resideOutsideOfPackages("..worker.grpc", "dev.tutti.worker")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "io.netty..");

  @ArchTest
  static final ArchRule kerasKnowsNoTensorFlow =
      noClasses()
          .that()
          .resideInAPackage("..worker.keras..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tensorflow..", "dev.tutti.core..");

  @ArchTest
  static final ArchRule onlyKerasReadsHdf5 =
      noClasses()
          .that()
          .resideOutsideOfPackage("..worker.keras.hdf5")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.jhdf..");

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("dev.tutti.worker.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noMutableStatics =
      fields().that().areStatic().should().beFinal().because("state belongs to objects");

  @ArchTest
  static final ArchRule noDustbins =
      noClasses()
          .that(are(not(resideInAnyPackage("dev.tutti.worker.v1"))))
          .should()
          .resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..");
}
