package io.gds.checks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows between packages and modules, and what no published class may do. Reads the jars, or target/classes. */
class ArchitectureTest {

    /** An empty import satisfies every rule below, so raise this as the library grows: a little under the real count. */
    private static final int MIN_CLASSES = 400;

    /** Each api package may see its own level and the levels before it. Two on one level: one way only (no cycles). */
    private static final List<Set<String>> API_LEVELS = List.of(
            Set.of("io.gds.database.error"),
            Set.of("io.gds.database.version"),
            Set.of("io.gds.database.topology"),
            Set.of("io.gds.database.plan"),
            Set.of("io.gds.database.run", "io.gds.database.gate"),
            Set.of("io.gds.database"),
            Set.of("io.gds.database.spi"));

    /** What each engine may use besides the api: its own driver. A new engine needs an entry here. */
    private static final Map<String, String[]> ENGINE_DRIVERS = Map.of(
            "mongo", new String[] {"com.mongodb..", "org.bson.."},
            // besides the driver of SQL Server the client of WinRM, which is one of SOAP, and the writer of workbooks
            "mssql",
                    new String[] {
                        "com.microsoft.sqlserver..",
                        "io.cloudsoft.winrm4j..",
                        "org.apache.cxf..",
                        "javax.xml..",
                        "org.w3c.dom..",
                        "org.xml.sax..",
                        "org.dhatim.fastexcel.."
                    },
            "postgres", new String[] {"org.postgresql.."});

    /** Classes outside a .clock package that may read the clock or sleep themselves. Each entry with its reason. */
    private static final Set<String> MAY_READ_CLOCK = Set.of();

    /** Classes that are a program of their own: tests start them as processes and talk to them. Each entry with its reason. */
    private static final Set<String> OWN_PROCESS =
            Set.of("io.gds.database.testkit.faults.FaultHost"); // a host program that is made to be killed

    private static final Set<String> NO_ARG_CLOCK_READS = Set.of(
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.LocalTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.lang.System.currentTimeMillis",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.util.Date.<init>");
    private static final Set<String> CLOCK_READS_WITH_ANY_ARGUMENTS =
            Set.of("java.time.Clock.system", "java.lang.Thread.sleep");

    private static final String DATA_SOURCE = "io.gds.database.datasource..";
    private static final String[] BEYOND_API = {"io.gds.database.core..", "io.gds.database.testkit..", DATA_SOURCE};
    private static final String CORE_INTERNAL = "io.gds.database.core.internal..";
    private static final String[] EVERYONE = {"java..", "org.jspecify..", "org.slf4j.."};

    private static final DescribedPredicate<JavaClass> API = resideInAPackage("io.gds.database..")
            .and(not(resideInAnyPackage(BEYOND_API)))
            .as("api classes");

    private static final JavaClasses PUBLISHED = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("io/gds/checks/"))
            .importPackages("io.gds");

    @Test
    void enoughClassesWereExamined() {
        System.out.println("ArchitectureTest examined " + PUBLISHED.size() + " classes");
        assertThat(PUBLISHED.size()).isGreaterThanOrEqualTo(MIN_CLASSES);
        assertThat(PUBLISHED.stream().map(JavaClass::getPackageName))
                .as("every published module is on the class path")
                .contains(
                        "io.gds.database",
                        "io.gds.database.core",
                        "io.gds.database.datasource",
                        "io.gds.database.testkit",
                        "io.gds.engine.mongo",
                        "io.gds.engine.mssql",
                        "io.gds.engine.postgres");
    }

    @Test
    void everyApiPackageHasItsLevel() {
        Set<String> levelled = new TreeSet<>();
        API_LEVELS.forEach(levelled::addAll);
        assertThat(PUBLISHED.stream().filter(API).map(JavaClass::getPackageName).distinct())
                .as("api packages; a new one needs its place in API_LEVELS")
                .allMatch(levelled::contains);
    }

    @TestFactory
    Stream<DynamicTest> apiPackagesSeeOnlyEarlierOnes() {
        List<ArchRule> rules = new ArrayList<>();
        for (int level = 0; level < API_LEVELS.size(); level++) {
            String[] later =
                    API_LEVELS.stream().skip(level + 1L).flatMap(Set::stream).toArray(String[]::new);
            if (later.length == 0) {
                continue;
            }
            for (String each : API_LEVELS.get(level)) {
                rules.add(noClasses()
                        .that()
                        .resideInAPackage(each)
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(later)));
            }
        }
        return tests(rules.stream());
    }

    @Test
    void apiDependsOnNothingButTheJdkAndAnnotationsAndTheLogger() {
        check(classes()
                .that(API)
                .should()
                .onlyDependOnClassesThat(API.or(resideInAnyPackage(EVERYONE)).as("api, java, jspecify or slf4j")));
    }

    @TestFactory
    Stream<DynamicTest> enginesSeeOnlyTheApiAndTheirDriver() {
        Stream<String> engines = PUBLISHED.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("io.gds.engine."))
                .map(name -> name.split("\\.", -1)[3])
                .distinct()
                .sorted();
        return tests(engines.map(engine -> {
            String own = "io.gds.engine." + engine + "..";
            String[] driver = ENGINE_DRIVERS.getOrDefault(engine, new String[0]);
            return classes()
                    .that()
                    .resideInAPackage(own)
                    .should()
                    .onlyDependOnClassesThat(API.or(resideInAnyPackage(EVERYONE))
                            .or(resideInAnyPackage("javax.crypto..", "javax.net..", "javax.sql..", own))
                            .or(resideInAnyPackage(driver))
                            .as("the api, java, jspecify, slf4j, its driver or itself"))
                    .because("the " + engine + " engine never sees core or another engine");
        }));
    }

    @Test
    void dataSourceOfApplicationsDependsOnNothingOfOurs() {
        check(classes()
                .that()
                .resideInAPackage(DATA_SOURCE)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(EVERYONE)
                        .or(resideInAnyPackage("javax.sql..", "com.sun.net.httpserver..", DATA_SOURCE))
                        .as("java, the JDK's HTTP server, jspecify, slf4j or itself"))
                .because("an application adds one small dependency, and neither the api nor an engine"));
        check(noClasses()
                .that()
                .resideOutsideOfPackage(DATA_SOURCE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(DATA_SOURCE)
                .because("runner and application speak by file or HTTP and are released on their own"));
    }

    @Test
    void coreInternalsStayInCore() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("io.gds.database.core..", "io.gds.database.testkit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CORE_INTERNAL)
                .because("only the testkit, which crashes the core between two writes, gets qualified exports"));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("io.gds.(**)").should().beFreeOfCycles());
    }

    @Test
    void onlyClocksReadTheClock() {
        DescribedPredicate<JavaAccess<?>> clockRead =
                describe("read the clock or sleep", ArchitectureTest::readsClockOrSleeps);
        check(noClasses()
                .that()
                .resideOutsideOfPackage("..clock")
                .and(describe("are not in MAY_READ_CLOCK", type -> !MAY_READ_CLOCK.contains(outermost(type))))
                .should()
                .accessTargetWhere(clockRead)
                .because("time comes from an injected Clock, so that tests can move it"));
    }

    @Test
    void nothingExitsTheJvmOrPrints() {
        check(noClasses()
                .that(describe("are not in OWN_PROCESS", type -> !OWN_PROCESS.contains(outermost(type))))
                .should(ACCESS_STANDARD_STREAMS)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .because("we live inside somebody else's process; it decides about both"));
    }

    @Test
    void exportedTypesAreNamedForWhatTheyAre() {
        check(noClasses()
                .that()
                .haveModifier(JavaModifier.PUBLIC)
                .and()
                .resideOutsideOfPackage("..internal..")
                .and()
                .doNotHaveSimpleName("PackageManager") // the field's own word for apt and its like
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils"));
    }

    private static boolean readsClockOrSleeps(JavaAccess<?> access) {
        String target =
                access.getTargetOwner().getName() + "." + access.getTarget().getName();
        boolean noArguments = access.getTarget().getFullName().endsWith("()");
        return CLOCK_READS_WITH_ANY_ARGUMENTS.contains(target) || (noArguments && NO_ARG_CLOCK_READS.contains(target));
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type.getName());
    }

    /** A rule about a package that does not exist yet holds; {@link #enoughClassesWereExamined} guards against nothing. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(PUBLISHED);
    }

    private static Stream<DynamicTest> tests(Stream<? extends ArchRule> rules) {
        return rules.map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> check(rule)));
    }
}
