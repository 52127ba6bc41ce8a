package dev.heddle.testkit.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules of ARCHITECTURE.md that a compiler does not check. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.heddle");

  @Test
  void classesAreFound() {
    assertTrue(CLASSES.size() > 100, "only " + CLASSES.size() + " classes were read");
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.heddle.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void compilerKnowsNoForeignMemory() {
    noClasses()
        .that()
        .resideInAPackage("dev.heddle.compiler..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..")
        .check(CLASSES);
  }

  @Test
  void runtimeKnowsNoBackEnd() {
    noClasses()
        .that()
        .resideInAPackage("dev.heddle.runtime..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.heddle.backend..")
        .check(CLASSES);
  }

  @Test
  void backEndsKnowOnlyCompilerAndSpi() {
    noClasses()
        .that()
        .resideInAPackage("dev.heddle.backend..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.heddle.runtime.api..",
            "dev.heddle.runtime.run..",
            "dev.heddle.runtime.exec..",
            "dev.heddle.runtime.plan..")
        .check(CLASSES);
  }

  @Test
  void librariesDoNotPrint() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.heddle.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }
}
