package dev.dromedary;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.dromedary", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_THE_CAMEL_PACKAGE_KNOWS_CAMEL =
            noClasses().that().resideOutsideOfPackage("..camel..").should().dependOnClassesThat().resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule POLICY_KNOWS_NO_BROKER_OR_DATABASE =
            noClasses().that().resideInAnyPackage("..pool..", "..pace..", "..outcome..", "..provider..", "..message..", "..dsn..", "..reaction..", "..reputation..", "..brain..", "..warmup..", "..forecast..", "..isolation..", "..warning..", "..report..", "..alert..", "..engagement..", "..rehearsal..")
                    .should().dependOnClassesThat().resideInAnyPackage("jakarta.jms..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule POLICY_READS_NO_WALL_CLOCK =
            noClasses().that().resideInAnyPackage("..pool..", "..pace..", "..outcome..", "..retry..", "..dsn..", "..reaction..", "..reputation..", "..brain..", "..warmup..", "..forecast..", "..isolation..", "..warning..", "..report..", "..alert..", "..engagement..", "..rehearsal..")
                    .should().callMethod(Instant.class, "now").orShould().callMethod(Clock.class, "systemUTC")
                    .orShould().callMethod(System.class, "currentTimeMillis").orShould().callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule STEPS_ARE_FINAL = classes().that().haveSimpleNameEndingWith("Step").should().haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
