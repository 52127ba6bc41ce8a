package dev.heddle.testkit.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
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
  void compilerDependsOnTheJdkAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.heddle.compiler..")
        .should()
        .dependOnClassesThat(
            not(resideInAnyPackage("java..", "dev.heddle.compiler..", "org.jspecify..")))
        .orShould()
        .dependOnClassesThat(resideInAnyPackage("java.lang.foreign.."))
        .check(CLASSES);
  }

  @Test
  void irKnowsNoneOfItsUsers() {
    noClasses()
        .that()
        .resideInAPackage("dev.heddle.compiler.ir..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.heddle.compiler..")
                .and(not(resideInAPackage("dev.heddle.compiler.ir.."))))
        .check(CLASSES);
  }

  @Test
  void runtimeKnowsNoBackEndAndNoUser() {
    noClasses()
        .that()
        .resideInAPackage("dev.heddle.runtime..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.heddle.backend..", "dev.heddle.cli..", "dev.heddle.kernels.."))
        .check(CLASSES);
  }

  @Test
  void plansTouchNoDeviceAndNoMemory() {
    noClasses()
        .that()
        .resideInAPackage("dev.heddle.runtime.plan..")
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
  void foreignLibrariesStayInTheirBackEnd() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.heddle.backend..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.jocl..", "jcuda..", "jdk.incubator.vector.."))
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
