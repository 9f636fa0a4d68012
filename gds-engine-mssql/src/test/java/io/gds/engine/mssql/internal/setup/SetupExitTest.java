package io.gds.engine.mssql.internal.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.engine.mssql.internal.setup.SetupExit.Kind;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetupExitTest {
    /** The table of the reference, one line a code: decimal, hexadecimal, kind, a word of the meaning, a word of the remedy. */
    @ParameterizedTest(name = "{0} ({1}) is {2}: {3}")
    @CsvSource({
        "0,           0x0,        DONE,                 done,                      ''",
        "3010,        0xBC2,      DONE_RESTART_NEEDED,  a restart of the host,     restart the host",
        "1641,        0x669,      DONE_RESTARTING,      restarts the host itself,  ''",
        "-2067919934, 0x84BE0BC2, RESTART_FIRST,        before setup can run,      then run again",
        "-2061893606, 0x851A001A, REPLACED_NOT_RUNNING, to recover failed,         -T902",
        "-2061893607, 0x851A0019, REPLACED_NOT_RUNNING, started or configured,     ERRORLOG",
        "-2061893608, 0x851A0018, REPLACED_NOT_RUNNING, started or configured,     ERRORLOG",
        "-2061893626, 0x851A0006, FAILED,               account,                   correct the account",
        "-2068578304, 0x84B40000, FAILED,               parameters,                mapping",
        "-2068643838, 0x84B30002, FAILED,               nothing was installed,     Summary.txt",
        "-2068709375, 0x84B20001, FAILED,               registration,              repair the instance",
        "-2068709373, 0x84B20003, FAILED,               registration,              C:\\Windows\\Installer",
        "-2042429437, 0x86430003, NOT_APPLICABLE,       does not apply,            version and line",
        "-2022834173, 0x876E0003, FAILED,               Microsoft Update,          /UpdateEnabled=0",
        "-2067529717, 0x84C4000B, BUSY,                 another setup is running,  wait",
        "-2067921930, 0x84BE03F6, FAILED,               .NET Framework,            install it",
        "-2068774911, 0x84B10001, FAILED,               configuration,             Summary.txt",
        "-2067922937, 0x84BE0007, FAILED,               rule,                      rules with failures",
        "1603,        0x643,      FAILED,               fatal,                     Summary.txt",
        "1605,        0x645,      FAILED,               not installed,             repair the instance",
        "1618,        0x652,      BUSY,                 another installation,      wait",
        "1619,        0x653,      FAILED,               cannot be opened,          can be read",
        "1622,        0x656,      FAILED,               log,                       folder for temporary files",
        "1635,        0x663,      FAILED,               patch package,             repair the instance",
        "1636,        0x664,      FAILED,               not valid,                 SHA-256",
        "1638,        0x666,      NOT_APPLICABLE,       another version,           which version",
        "1642,        0x66A,      NOT_APPLICABLE,       not for this product,      version",
        "1648,        0x670,      NOT_APPLICABLE,       no valid sequence,         which updates",
        "1513770790,  0x5A3A4F26, FAILED,               exception,                 Summary.txt"
    })
    void everyCodeOfTheTableHasItsMeaning(int code, String hex, Kind kind, String meaning, String remedy) {
        SetupExit exit = SetupExit.of(code);
        assertThat(exit.code()).isEqualTo(code).isEqualTo(Integer.parseUnsignedInt(hex.substring(2), 16));
        assertThat(exit.kind()).isEqualTo(kind);
        assertThat(exit.meaning()).contains(meaning);
        assertThat(exit.shown()).isEqualTo(code + " (" + hex + ")");
        assertThat(exit).hasToString(exit.shown() + ": " + exit.meaning());
        if (remedy.isEmpty()) {
            assertThat(exit.remedy()).isEmpty();
        } else {
            assertThat(exit.remedy()).contains(remedy).endsWith(".");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0x84BE0BC2L, 0x84C40BC2L, 0x851A0BC2L, 0x80070BC2L, 0x8FFF0BC2L})
    void everyCodeWithARestartInItsLowHalfAsksForItFirst(long code) {
        SetupExit exit = SetupExit.of((int) code);
        assertThat(exit.kind()).isEqualTo(Kind.RESTART_FIRST);
        assertThat(exit.code()).isEqualTo((int) code).isNegative();
        assertThat(exit.needsRestart()).isTrue();
        assertThat(exit.isSuccess()).isFalse();
        assertThat(exit.shown()).endsWith("(0x" + Long.toHexString(code).toUpperCase(Locale.ROOT) + ")");
    }

    @ParameterizedTest
    @CsvSource({"2227047362, -2067919934", "2233073690, -2061893606", "2227437579, -2067529717", "4294967295, -1"})
    void aCodeMeansTheSameWithoutItsSign(long unsigned, int signed) {
        assertThat(SetupExit.of((int) unsigned)).isEqualTo(SetupExit.of(signed));
    }

    @ParameterizedTest
    @CsvSource({
        "1,          1 (0x1)",
        "-1,         -1 (0xFFFFFFFF)",
        "1602,       1602 (0x642)",
        // A restart in the low half of a code that is none of setup's.
        "68546,      68546 (0x10BC2)",
        "-2061893605, -2061893605 (0x851A001B)",
        "-2147483648, -2147483648 (0x80000000)"
    })
    void aCodeThatIsNotKnownIsAFailureWithWhereToRead(int code, String shown) {
        SetupExit exit = SetupExit.of(code);
        assertThat(exit.kind()).isEqualTo(Kind.FAILED);
        assertThat(exit.meaning()).isEqualTo("a code that is not known");
        assertThat(exit.remedy()).isEqualTo("read Summary.txt and Detail.txt of this run.");
        assertThat(exit.shown()).isEqualTo(shown);
        assertThat(exit.isSuccess()).isFalse();
        assertThat(exit.needsRestart()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, true, false",
        "3010, true, true",
        "1641, true, true",
        "-2067919934, false, true",
        "1603, false, false"
    })
    void whatSucceededAndWhatNeedsARestart(int code, boolean success, boolean restart) {
        assertThat(SetupExit.of(code).isSuccess()).isEqualTo(success);
        assertThat(SetupExit.of(code).needsRestart()).isEqualTo(restart);
    }

    @Test
    void noCodeIsKnownTwice() {
        List<Integer> codes = SetupExit.known().map(SetupExit::code).toList();
        assertThat(codes).doesNotHaveDuplicates().hasSize(28);
    }

    @Test
    void whoeverHasSomethingToDoIsToldIt() {
        assertThat(SetupExit.known().filter(e -> !e.isSuccess()))
                .allSatisfy(e -> assertThat(e.remedy()).matches("[a-z].*\\."));
    }
}
