package weft.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds the layers: core ← kafka ← producer, trainer, scorer, evaluation, monitoring ← standalone, and what must not
/// leak.
@Execution(ExecutionMode.CONCURRENT)
class ArchitectureTest {
    private static final JavaClasses WEFT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("weft");

    @ParameterizedTest
    @ValueSource(strings = {"core", "kafka"})
    void whatIsSharedKnowsNoService(String shared) {
        noClasses()
                .that()
                .resideInAPackage("weft." + shared + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "weft.producer..",
                        "weft.trainer..",
                        "weft.scorer..",
                        "weft.evaluation..",
                        "weft.monitoring..",
                        "weft.standalone..")
                .check(WEFT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"producer", "trainer", "scorer", "evaluation", "monitoring"})
    void noServiceKnowsAnother(String service) {
        classes()
                .that()
                .resideInAPackage("weft." + service + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(
                        Stream.of("producer", "trainer", "scorer", "evaluation", "monitoring", "standalone")
                                .filter(other -> !other.equals(service))
                                .map(other -> "weft." + other + "..")
                                .toArray(String[]::new))
                .check(WEFT);
    }

    /// No library is on core's class path; what the JDK has of input, output and clocks is kept out here.
    @Test
    void coreDoesNoInputOutputAndReadsNoClock() {
        noClasses()
                .that()
                .resideInAPackage("weft.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.time..")
                .check(WEFT);
    }

    @Test
    void trainingCannotSeeLabels() {
        noClasses()
                .that()
                .resideInAPackage("weft.trainer..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("weft.core.image.LabelledImage")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("weft.kafka.wire.ImageParser")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("weft.kafka.wire.ParsedImage")
                .check(WEFT);
    }

    /// What a machine reads must not know a person's language: `train-00042` would be `train-٠٠٠٤٢` in Arabic.
    @Test
    void noFormatKnowsTheDefaultLocale() {
        noClasses()
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(PrintStream.class, "printf", String.class, Object[].class)
                .orShould()
                .callMethod(PrintStream.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(Locale.class, "getDefault")
                .orShould()
                .callMethod(String.class, "getBytes")
                .orShould()
                .callConstructor(String.class, byte[].class)
                .check(WEFT);
    }

    @Test
    void nobodyDeserialisesJavaObjects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(WEFT);
    }

    @Test
    void nd4jStaysWithTheNetworks() {
        noClasses()
                .that()
                .resideOutsideOfPackage("weft.trainer.autoencoder..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.nd4j..")
                .check(WEFT);
    }

    @Test
    void smileServesComparisonsAndMapsAndNeverTrains() {
        noClasses()
                .that()
                .resideOutsideOfPackages("weft.evaluation..", "weft.monitoring..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("smile..", "org.knowm.xchart..")
                .check(WEFT);
    }

    @Test
    void kafkaStreamsStaysWithTheScorer() {
        noClasses()
                .that()
                .resideOutsideOfPackage("weft.scorer..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.streams..")
                .check(WEFT);
    }

    @Test
    void testsThatNeedABrokerOrAProcessAreSystemTests() {
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("weft.standalone");
        Set<String> heavy = Set.of("weft.standalone.broker.EmbeddedBroker", "weft.standalone.WeftProcess");
        assertThat(tests)
                .filteredOn(test -> test.getSimpleName().endsWith("Test"))
                .filteredOn(test -> test.getDirectDependenciesFromSelf().stream()
                        .anyMatch(to -> heavy.contains(to.getTargetClass().getName())))
                .hasSizeGreaterThan(5)
                .allSatisfy(test -> assertThat(test.isAnnotatedWith(Tag.class)
                                || test.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(Tag.class)))
                        .as(test.getName() + " or one of its methods has @Tag(\"system\")")
                        .isTrue());
    }
}
