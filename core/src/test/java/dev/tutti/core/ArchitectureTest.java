package dev.tutti.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of this module. */
@AnalyzeClasses(packages = "dev.tutti.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.tutti.core.(*)..").should().beFreeOfCycles();

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

  @ArchTest
  static final ArchRule LABELS_AND_CONTENT_KNOW_NOBODY =
      noClasses()
          .that()
          .resideInAnyPackage("..label..", "..content..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..audio..",
              "..spectrogram..",
              "..dataset..",
              "..mixture..",
              "..metrics..",
              "..threshold..");
}
