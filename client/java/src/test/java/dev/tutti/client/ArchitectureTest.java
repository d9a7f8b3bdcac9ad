package dev.tutti.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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

  @ArchTest static final ArchRule noMutableStatics = fields().that().areStatic().should().beFinal();

  private static String[] with(String... others) {
    return java.util.stream.Stream.of(WIRE, others)
        .flatMap(java.util.Arrays::stream)
        .toArray(String[]::new);
  }
}
