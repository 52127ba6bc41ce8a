package dev.heddle.runtime;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.heddle.runtime");

  /** A rule over no classes would always hold. */
  @Test
  void theClassesAreFound() {
    assertTrue(CLASSES.contain("dev.heddle.runtime.api.Session"));
    assertTrue(CLASSES.contain("dev.heddle.runtime.plan.Planner"));
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("dev.heddle.runtime.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theRuntimeKnowsNoBackEndAndNoUser() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "dev.heddle.backend..",
                "dev.heddle.cli..",
                "dev.heddle.kernels..",
                "org.jocl..",
                "jdk.incubator.vector.."))
        .check(CLASSES);
  }

  @Test
  void plansTouchNoDeviceAndNoMemory() {
    noClasses()
        .that(resideInAPackage("dev.heddle.runtime.plan.."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "dev.heddle.runtime.spi..",
                "dev.heddle.runtime.exec..",
                "java.lang.foreign..",
                "java.io..",
                "java.nio.."))
        .check(CLASSES);
  }

  @Test
  void standardStreamsAreNotUsed() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
  }
}
