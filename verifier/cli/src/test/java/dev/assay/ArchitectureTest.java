package dev.assay;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Holds the arrows between the rooms: who may know whom. It stands with the command because the
 * command is the one room that sees all others.
 */
@Tag("architecture")
class ArchitectureTest {
  private static final String[] CONTROL_FLOW = {
    "dev.assay.isa..", "dev.assay.btf..", "dev.assay.object..", "dev.assay.graph.."
  };
  private static final String[] DOMAINS = {"dev.assay.numeric..", "dev.assay.region.."};
  private static final String APRON = "dev.assay.apron..";
  private static final String PLATFORM = "dev.assay.platform..";
  private static final String CORE = "dev.assay.verifier..";
  private static final String VERDICT = "dev.assay.verifier.verdict..";
  private static final String INTERPRETER = "dev.assay.interpreter..";
  private static final String REFEREE = "dev.assay.referee..";
  private static final String REPORT = "dev.assay.report..";
  private static final String COMMAND = "dev.assay.cli..";

  private static JavaClasses assay;

  @BeforeAll
  static void readClasses() {
    assay = new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        // The tests that other rooms lend come as archives of their own.
        .withImportOption(location -> !location.contains("-tests.jar"))
        .importPackages("dev.assay");
  }

  /** A room that is not read, because it moved or was renamed, would keep every rule. */
  @Test
  void everyRoomIsRead() {
    for (String room : List.of(
        "isa",
        "btf",
        "object",
        "graph",
        "numeric",
        "apron",
        "platform",
        "verifier",
        "interpreter",
        "referee",
        "report",
        "cli")) {
      assertFalse(assay.that(resideInAPackage("dev.assay." + room + "..")).isEmpty(), room);
    }
  }

  @Test
  void everyClassStandsInARoom() {
    classes()
        .should()
        .resideInAnyPackage(
            "dev.assay.isa..",
            "dev.assay.btf..",
            "dev.assay.object..",
            "dev.assay.graph..",
            "dev.assay.numeric..",
            "dev.assay.region..",
            APRON,
            PLATFORM,
            CORE,
            INTERPRETER,
            REFEREE,
            REPORT,
            COMMAND)
        .check(assay);
  }

  @Test
  void noRoomCallsUpward() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("control flow")
        .definedBy(CONTROL_FLOW)
        .layer("domains")
        .definedBy(DOMAINS)
        .layer("apron")
        .definedBy(APRON)
        .layer("platform")
        .definedBy(PLATFORM)
        .layer("core")
        .definedBy(CORE)
        .layer("interpreter")
        .definedBy(INTERPRETER)
        .layer("referee")
        .definedBy(REFEREE)
        .layer("report")
        .definedBy(REPORT)
        .layer("command")
        .definedBy(COMMAND)
        .whereLayer("control flow")
        .mayNotAccessAnyLayer()
        .whereLayer("domains")
        .mayNotAccessAnyLayer()
        .whereLayer("apron")
        .mayOnlyAccessLayers("domains")
        .whereLayer("apron")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("platform")
        .mayOnlyAccessLayers("control flow")
        .whereLayer("core")
        .mayOnlyAccessLayers("platform", "domains", "control flow")
        .whereLayer("interpreter")
        .mayOnlyAccessLayers("platform", "control flow")
        .whereLayer("referee")
        .mayOnlyAccessLayers("core", "interpreter", "platform", "domains", "control flow")
        .whereLayer("report")
        .mayOnlyAccessLayers("core", "platform", "control flow")
        .whereLayer("command")
        .mayNotBeAccessedByAnyLayer()
        .check(assay);
  }

  @Test
  void theJudgeIsFreeOfTheSearch() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.assay.verifier.semantics..",
            "dev.assay.verifier.check..",
            "dev.assay.verifier.judge..",
            "dev.assay.verifier.state..",
            VERDICT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.assay.verifier.search..")
        .check(assay);
  }

  @Test
  void aVerdictNeedsNothingElseOfTheVerifier() {
    noClasses()
        .that()
        .resideInAPackage(VERDICT)
        .should()
        .dependOnClassesThat(resideInAPackage(CORE).and(not(resideInAPackage(VERDICT))))
        .check(assay);
  }

  @Test
  void reportsDoNotKnowHowAVerdictWasFound() {
    noClasses()
        .that()
        .resideInAPackage(REPORT)
        .should()
        .dependOnClassesThat(resideInAPackage(CORE).and(not(resideInAPackage(VERDICT))))
        .check(assay);
  }

  @Test
  void theInstructionSetKnowsNoObjectsAndObjectsKnowNoGraphs() {
    noClasses()
        .that()
        .resideInAPackage("dev.assay.isa..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.assay.btf..", "dev.assay.object..", "dev.assay.graph..")
        .check(assay);
    noClasses()
        .that()
        .resideInAnyPackage("dev.assay.btf..", "dev.assay.object..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.assay.graph..")
        .check(assay);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("dev.assay.(*)..").should().beFreeOfCycles().check(assay);
    slices().matching("dev.assay.verifier.(*)..").should().beFreeOfCycles().check(assay);
  }

  @Test
  void onlyTheCommandKnowsTheTerminalAndItsOptions() {
    noClasses()
        .that()
        .resideOutsideOfPackage(COMMAND)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "org.tomlj..", "java.net..")
        .check(assay);
    noClasses()
        .that()
        .resideOutsideOfPackage(COMMAND)
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(assay);
  }

  @Test
  void classesAreNamedForWhatTheyAre() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Processor")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .check(assay);
  }
}
