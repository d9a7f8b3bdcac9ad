package dev.tutti.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house's rules for the command line. */
@AnalyzeClasses(packages = "dev.tutti.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
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

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("dev.tutti.cli.(*)..").should().beFreeOfCycles();

  @ArchTest static final ArchRule noMutableStatics = fields().that().areStatic().should().beFinal();
}
