package dev.heddle.compiler;

import static com.tngtech.archunit.base.DescribedPredicate.not;
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
          .importPackages("dev.heddle.compiler");

  /** A rule over no classes would always hold. */
  @Test
  void theClassesAreFound() {
    assertTrue(CLASSES.contain("dev.heddle.compiler.ir.Op"));
    assertTrue(CLASSES.contain("dev.heddle.compiler.interp.Interpreter"));
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("dev.heddle.compiler.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theCompilerTouchesNoNativeMemory() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.lang.foreign..", "jdk.incubator.vector.."))
        .check(CLASSES);
  }

  @Test
  void theCompilerDependsOnTheJdkAlone() {
    noClasses()
        .should()
        .dependOnClassesThat(
            not(resideInAnyPackage("java..", "dev.heddle.compiler..", "org.jspecify..")))
        .check(CLASSES);
  }

  @Test
  void theIrKnowsNoneOfItsUsers() {
    noClasses()
        .that(resideInAPackage("dev.heddle.compiler.ir.."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "dev.heddle.compiler.analysis..",
                "dev.heddle.compiler.frontend..",
                "dev.heddle.compiler.interp..",
                "dev.heddle.compiler.math..",
                "dev.heddle.compiler.pass.."))
        .check(CLASSES);
  }

  @Test
  void standardStreamsAreNotUsed() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
  }
}
