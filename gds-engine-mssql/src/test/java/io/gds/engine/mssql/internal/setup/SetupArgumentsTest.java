package io.gds.engine.mssql.internal.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import io.gds.database.spi.SpecFields;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is right; what is wrong stands in the tests of mappings, where it is written. */
class SetupArgumentsTest {
    private final List<Problem> problems = new ArrayList<>();

    private SetupArguments read(String text) {
        SetupArguments read = SetupArguments.read(SpecFields.of(Params.of("parameters", text), problems), "parameters");
        assertThat(problems).isEmpty();
        return read;
    }

    @Test
    void usuallyEveryInstanceIsPatchedAndNobodyAsked() {
        assertThat(SetupArguments.usual())
                .hasToString("/quiet /IAcceptSQLServerLicenseTerms /Action=Patch /AllInstances");
        assertThat(SetupArguments.usual().acceptsLicence()).isTrue();
        assertThat(SetupArguments.usual().namesInstances()).isTrue();
        assertThat(SetupArguments.read(SpecFields.of(Params.empty(), problems), "parameters"))
                .isEqualTo(SetupArguments.usual());
        assertThat(problems).isEmpty();
    }

    @Test
    void wordsAreKeptAsTheyStand() {
        assertThat(read("  /Quiet\t/ACTION=patch  /InstanceName=SALES$1 /SkipRules=RebootRequiredCheck ")
                        .words())
                .containsExactly("/Quiet", "/ACTION=patch", "/InstanceName=SALES$1", "/SkipRules=RebootRequiredCheck");
    }

    @ParameterizedTest
    @CsvSource({"action", "ACTION", "Action", "aCtIoN"})
    void namesHaveNoCase(String name) {
        SetupArguments arguments = read("/quiet /Action=Patch");
        assertThat(arguments.has(name)).isTrue();
        assertThat(arguments.value(name)).contains("Patch");
    }

    @Test
    void aValueStandsBehindEqualsOrAColon() {
        SetupArguments arguments = read("/quiet /InstanceName:A=B /UpdateSource=C:\\x /Empty=");
        assertThat(arguments.value("InstanceName")).contains("A=B");
        assertThat(arguments.value("UpdateSource")).contains("C:\\x");
        assertThat(arguments.value("Empty")).contains("");
        assertThat(arguments.value("quiet")).contains("");
        assertThat(arguments.value("Action")).isEmpty();
        assertThat(arguments.has("Instance")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/AllInstances,          true",
        "/allinstances,          true",
        "/InstanceName=A,        true",
        "/INSTANCEID=MSSQL16.A,  true",
        "/Instance=A,            false",
        "/Action=Patch,          false"
    })
    void whoNamesNoInstancePatchesSharedComponentsOnly(String word, boolean names) {
        assertThat(read("/quiet " + word).namesInstances()).isEqualTo(names);
    }

    @Test
    void theLicenceIsAcceptedByItsSwitch() {
        assertThat(read("/quiet /iacceptsqlserverlicenseterms").acceptsLicence())
                .isTrue();
        assertThat(read("/quiet /Action=Patch").acceptsLicence()).isFalse();
    }

    @Test
    void aRemovalIsOfTheSameInstancesAndSaysNothingOfALicence() {
        assertThat(SetupArguments.usual().removal().words())
                .containsExactly("/quiet", "/AllInstances", "/Action=RemovePatch");
        assertThat(read("/action:patch /IACCEPTSQLSERVERLICENSETERMS=True /q /InstanceName=A")
                        .removal())
                .hasToString("/q /InstanceName=A /Action=RemovePatch");
        assertThat(read("/qs").removal()).hasToString("/qs /Action=RemovePatch");
    }

    @Test
    void aRemovalLeavesTheArgumentsAsTheyAre() {
        SetupArguments usual = SetupArguments.usual();
        assertThat(usual.removal()).isNotEqualTo(usual);
        assertThat(usual).isEqualTo(SetupArguments.usual());
    }

    @Test
    void equalWordsAreEqualArguments() {
        assertThat(read("/quiet /Action=Patch"))
                .isEqualTo(read(" /quiet  /Action=Patch"))
                .hasSameHashCodeAs(read("/quiet /Action=Patch"))
                .isNotEqualTo(read("/Action=Patch /quiet"))
                .isNotEqualTo("/quiet /Action=Patch");
    }
}
