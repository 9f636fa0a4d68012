package io.gds.engine.mssql.internal.setup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetupSummaryTest {
    private static String text(String name) {
        try (InputStream in = requireNonNull(SetupSummaryTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SetupSummary read(String name) {
        return SetupSummary.parse(text(name));
    }

    @Test
    void aRunThatPassed() {
        SetupSummary summary = read("passed.txt");
        assertThat(summary.finalResult()).isEqualTo("Passed");
        assertThat(summary.exitCode()).hasValue(0);
        assertThat(summary.exitMessage()).isEmpty();
        assertThat(summary.requestedAction()).isEqualTo("Patch");
        assertThat(summary.failedRules()).isEmpty();
        assertThat(summary.instances()).isEqualTo(Map.of("MSSQLSERVER", "Passed"));
        assertThat(summary.passed()).isTrue();
        assertThat(summary.describe()).isEqualTo("Passed");
    }

    @Test
    void aRunThatPassedOnTwoInstancesAndNeedsARestart() {
        SetupSummary summary = read("restart-needed.txt");
        assertThat(summary.finalResult()).isEqualTo("Passed but reboot required, see logs for details");
        assertThat(summary.exitCode()).hasValue(3010);
        assertThat(SetupExit.of(summary.exitCode().orElseThrow()).kind()).isEqualTo(SetupExit.Kind.DONE_RESTART_NEEDED);
        assertThat(summary.passed()).isTrue();
        assertThat(summary.failedRules()).isEmpty();
        assertThat(summary.instances())
                .isEqualTo(Map.of("MSSQLSERVER", "Passed but reboot required, see logs for details", "AAT", "Passed"));
    }

    @Test
    void aRunThatARuleStopped() {
        SetupSummary summary = read("restart-first.txt");
        assertThat(summary.finalResult()).isEqualTo("Failed: see details below");
        assertThat(summary.exitCode()).hasValue(-2067919934);
        assertThat(summary.passed()).isFalse();
        assertThat(summary.exitMessage())
                .isEqualTo(
                        "A computer restart is required. You must restart this computer before installing SQL Server.");
        assertThat(summary.instances()).isEmpty();
        assertThat(summary.failedRules())
                .satisfiesExactly(
                        failed -> assertThat(failed).startsWith("Failed     RebootRequiredCheck "),
                        warned -> assertThat(warned)
                                .startsWith("Warning    IsFirewallEnabled ")
                                .endsWith("are open: 1433 for the default instance."));
    }

    @ParameterizedTest
    @CsvSource({
        "Passed,                                                0,           true",
        "Passed,                                                '',          true",
        "'Passed but reboot required, see logs for details',    3010,        true",
        "'Passed but reboot required, see logs for details',    1641,        true",
        // A rule asked for a restart, and nothing was done.
        "'Passed but reboot required, see logs for details',    -2067919934, false",
        "Passed,                                                1603,        false",
        "Failed: see details below,                             0,           false"
    })
    void itPassedWhenTheResultAndTheCodeSaySo(String result, String code, boolean passed) {
        String text = "Overall summary:\n  Final result:   " + result + "\n  Exit code (Decimal):   " + code + "\n";
        assertThat(SetupSummary.parse(text).passed()).isEqualTo(passed);
    }

    @Test
    void whatIsShownBesideACodeNamesTheRules() {
        assertThat(read("restart-first.txt").describe())
                .startsWith("Failed: see details below; A computer restart is required.")
                .contains("; Failed     RebootRequiredCheck")
                .doesNotContain("There are no scenario-specific rules", "Exception", "HResult", "Inner exceptions");
    }

    @Test
    void aRunThatFailedOnOneOfTwoInstancesTellsTheReasonOfThatInstance() {
        SetupSummary summary = read("engine-did-not-start.txt");
        assertThat(summary.passed()).isFalse();
        assertThat(SetupExit.of(summary.exitCode().orElseThrow()).kind())
                .isEqualTo(SetupExit.Kind.REPLACED_NOT_RUNNING);
        assertThat(summary.exitMessage())
                .isEqualTo(
                        "Wait on the Database Engine recovery handle failed. Check the SQL Server error log for potential causes.");
        assertThat(summary.instances()).containsOnlyKeys("MSSQLSERVER", "SALES").containsEntry("MSSQLSERVER", "Passed");
        assertThat(summary.instances().get("SALES")).startsWith("The patch installer has failed to update");
        assertThat(summary.describe())
                .startsWith("The patch installer has failed to update the following instance: SALES.")
                .contains("; Wait on the Database Engine recovery handle failed.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"passed.txt", "restart-needed.txt", "restart-first.txt", "engine-did-not-start.txt"})
    void theLineEndsOfWindowsMakeNoDifference(String name) {
        assertThat(SetupSummary.parse(text(name).replace("\n", "\r\n"))).isEqualTo(read(name));
    }

    @ParameterizedTest
    @CsvSource({
        "0,                   0",
        "3010,                3010",
        "-2068643838,         -2068643838",
        "2226323458,          -2068643838",
        "4294967295,          -1"
    })
    void anExitCodeMayStandThereWithoutItsSign(String written, int code) {
        assertThat(SetupSummary.parse("Overall summary:\n  Exit code (Decimal):  " + written)
                        .exitCode())
                .hasValue(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0x84B30002", "12345678901", "--1"})
    void whatIsNoNumberIsNoExitCode(String written) {
        assertThat(SetupSummary.parse("Overall summary:\n  Exit code (Decimal):  " + written)
                        .exitCode())
                .isEqualTo(OptionalInt.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "no summary at all", "Machine Properties:\n  Final result: Passed\n"})
    void whatIsNotSaidStaysEmpty(String text) {
        SetupSummary summary = SetupSummary.parse(text);
        assertThat(summary.finalResult()).isEmpty();
        assertThat(summary.exitCode()).isEmpty();
        assertThat(summary.passed()).isFalse();
        assertThat(summary.describe()).isEqualTo("no final result");
    }

    @Test
    void rulesOfOlderVersionsAreReadToo() {
        String text =
                "Rules with failures:\n\nGlobal rules:\n\nScenario specific rules:\nFailed X because\n\nRules report file: c\n";
        assertThat(SetupSummary.parse(text).failedRules()).containsExactly("Failed X because");
    }

    @Test
    void aTextThatWasCutInTheMiddleOfTheRulesGivesWhatIsThere() {
        String whole = text("restart-first.txt");
        SetupSummary summary = SetupSummary.parse(whole.substring(0, whole.indexOf("Warning")));
        assertThat(summary.failedRules()).hasSize(1);
        assertThat(summary.exitCode()).hasValue(-2067919934);
    }
}
