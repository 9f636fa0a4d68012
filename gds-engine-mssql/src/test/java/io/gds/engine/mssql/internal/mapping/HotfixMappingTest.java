package io.gds.engine.mssql.internal.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.engine.mssql.internal.build.Build;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HotfixMappingTest {
    private static final String ENTERPRISE = "Enterprise Edition: Core-based Licensing (64-bit)";
    private static final String STANDARD = "Standard Edition (64-bit)";

    private static Choice choose(String mapping, String build, String edition) {
        return MappingReader.read("hotfix_mapping.json", mapping).choose(Build.of(build), edition);
    }

    /** The kind of the choice and the description of its entry. */
    private static String chosen(String mapping, String build, String edition) {
        Choice choice = choose(mapping, build, edition);
        if (choice instanceof Choice.Scheduled scheduled) {
            return "scheduled " + scheduled.hotfix();
        }
        if (choice instanceof Choice.UpToDate upToDate) {
            return "up to date " + upToDate.hotfix();
        }
        if (choice instanceof Choice.PrerequisiteFirst first) {
            return "prerequisite of " + first.hotfix();
        }
        return choice instanceof Choice.Unsupported unsupported
                ? "unsupported: " + unsupported.message()
                : "no mapping";
    }

    @ParameterizedTest
    @CsvSource({
        "16.0.1000.6, prerequisite of CU16 for SQL Server 2022",
        "16.0.4084.9, prerequisite of CU16 for SQL Server 2022",
        "16.0.4085.0, scheduled CU16 for SQL Server 2022",
        "16.0.4085.2, scheduled CU16 for SQL Server 2022",
        "16.0.4164.9, scheduled CU16 for SQL Server 2022",
        "16.0.4165.4, up to date CU16 for SQL Server 2022",
        "16.0.4165.1, up to date CU16 for SQL Server 2022",
        "16.0.4275.1, up to date CU16 for SQL Server 2022",
        "15.0.4297.9, prerequisite of CU30 for SQL Server 2019",
        "15.0.4298.1, scheduled CU30 for SQL Server 2019",
        "15.0.4430.1, up to date CU30 for SQL Server 2019",
        "13.3.6300.2, scheduled SP3 + CU17 for SQL Server 2016",
        "10.50.6560.0, unsupported: SQL Server 2008 R2 is out of support. No CUs available.",
        "10.0.6556.0, no mapping",
        "14.0.3456.2, no mapping",
        "17.0.1000.7, no mapping",
        "18.0.1000.1, no mapping"
    })
    void theExampleSaysWhatAnInstanceGets(String build, String expected) {
        assertThat(chosen(Mappings.example(), build, ENTERPRISE)).isEqualTo(expected);
    }

    @Test
    void aChoiceHoldsItsEntry() {
        assertThat(choose(Mappings.example(), "16.0.4085", STANDARD))
                .isInstanceOfSatisfying(
                        Choice.Scheduled.class,
                        scheduled -> assertThat(scheduled.hotfix().index()).isZero());
        assertThat(choose(Mappings.example(), "14.0.1000", STANDARD)).isEqualTo(new Choice.NoMapping());
    }

    @ParameterizedTest
    @CsvSource({
        "Enterprise, Enterprise Edition: Core-based Licensing (64-bit), true",
        "Enterprise, Enterprise Edition (64-bit),                       true",
        "enterprise, Enterprise Edition,                                true",
        "ENTERPRISE, enterprise edition,                                true",
        "' Enterprise Edition ', Enterprise Edition: Core-based Licensing (64-bit), true",
        // By the leading word alone: an evaluation is one of Enterprise.
        "Enterprise, Enterprise Evaluation Edition (64-bit),            true",
        "Enterprise, Standard Edition (64-bit),                         false",
        "Enterprise, Developer Edition (64-bit),                        false",
        "Enter,      Enterprise Edition,                                false",
        "Standard,   Standard Edition (64-bit),                         true",
        "Express,    Express Edition with Advanced Services (64-bit),   true",
        "Web,        Web Edition (64-bit),                              true",
        "Edition,    Web Edition (64-bit),                              false",
        "Enterprise, '',                                                false"
    })
    void anEditionIsMeantByItsLeadingWord(String filter, String edition, boolean meant) {
        String mapping = Mappings.of(Mappings.sixteen("13.0.5026", "13.0.6300", filter));
        assertThat(chosen(mapping, "13.0.5108", edition))
                .isEqualTo(meant ? "scheduled " + filter + " to 13.0.6300" : "no mapping");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Enterprise Edition", "Standard Edition (64-bit)", "something of tomorrow", ""})
    void anEntryWithoutFilterIsForAllEditions(String edition) {
        String mapping = Mappings.of(Mappings.sixteen("13.0.5026", "13.0.6300", ""));
        assertThat(chosen(mapping, "13.0.5108", edition)).isEqualTo("scheduled to 13.0.6300");
    }

    @ParameterizedTest
    @CsvSource({
        "13.0.5025, prerequisite of to 13.0.6300",
        "13.0.5026, scheduled to 13.0.6300",
        "13.0.6299, scheduled to 13.0.6300",
        "13.0.6300, scheduled to 13.0.6441",
        "13.0.6440, scheduled to 13.0.6441",
        "13.0.6441, up to date to 13.0.6441"
    })
    void entriesOfOneFamilyLeadFromOneToTheNext(String build, String expected) {
        String first = Mappings.sixteen("13.0.5026", "13.0.6300", "");
        String second = Mappings.sixteen("13.0.6300", "13.0.6441", "");
        assertThat(chosen(Mappings.of(first, second), build, STANDARD)).isEqualTo(expected);
        assertThat(chosen(Mappings.of(second, first), build, STANDARD)).isEqualTo(expected);
    }

    @Test
    void whereSeveralApplyTheHighestTargetIsTaken() {
        String low = Mappings.sixteen("13.0.6300", "13.0.6404", "");
        String high = Mappings.sixteen("13.0.6300", "13.0.6441", "");
        assertThat(chosen(Mappings.of(low, high), "13.0.6300", STANDARD)).isEqualTo("scheduled to 13.0.6441");
        assertThat(chosen(Mappings.of(high, low), "13.0.6300", STANDARD)).isEqualTo("scheduled to 13.0.6441");
    }

    @Test
    void aGapBetweenEntriesIsToldByTheOneThatComesNext() {
        String mapping = Mappings.of(
                Mappings.sixteen("13.0.5026", "13.0.5893", ""),
                Mappings.sixteen("13.0.6404", "13.0.6441", ""),
                Mappings.sixteen("13.0.6300", "13.0.6485", ""));
        assertThat(chosen(mapping, "13.0.5893", STANDARD)).isEqualTo("prerequisite of to 13.0.6485");
    }

    @ParameterizedTest
    @CsvSource({
        "Enterprise, 13.0.6300, scheduled Enterprise to 13.0.6404",
        "Enterprise, 13.0.6404, up to date Enterprise to 13.0.6404",
        "Enterprise, 13.0.6419, up to date Enterprise to 13.0.6404",
        "Standard,   13.0.6300, scheduled to 13.0.6441",
        "Standard,   13.0.6404, scheduled to 13.0.6441"
    })
    void anEntryForOneEditionHoldsItBackBehindTheOthers(String edition, String build, String expected) {
        String mapping = Mappings.of(
                Mappings.sixteen("13.0.6300", "13.0.6441", ""),
                Mappings.sixteen("13.0.6300", "13.0.6404", "Enterprise"));
        assertThat(chosen(mapping, build, edition)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Enterprise, 13.0.5026, scheduled to 13.0.6300",
        "Enterprise, 13.0.6300, scheduled Enterprise to 13.0.6441",
        "Enterprise, 13.0.6441, up to date Enterprise to 13.0.6441",
        "Standard,   13.0.6300, up to date to 13.0.6300"
    })
    void anEntryForOneEditionMayStandOnOneForAll(String edition, String build, String expected) {
        String mapping = Mappings.of(
                Mappings.sixteen("13.0.6300", "13.0.6441", "Enterprise"),
                Mappings.sixteen("13.0.5026", "13.0.6300", ""));
        assertThat(chosen(mapping, build, edition)).isEqualTo(expected);
    }
}
