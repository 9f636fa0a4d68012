package io.gds.database.core.internal.ssh.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultShellTest {
    private static final List<String> WORDS = List.of("C:\\Program Files\\it's.exe", "a b\\", "", "x");

    @Test
    void eachShellIsKnownByItsAnswer() {
        assertThat(DefaultShell.of("$PSHOME\r\n")).hasValue(DefaultShell.CMD);
        assertThat(DefaultShell.of("C:\\Windows\\System32\\WindowsPowerShell\\v1.0\r\n"))
                .hasValue(DefaultShell.POWERSHELL);
        assertThat(DefaultShell.of("a profile says hello\r\nC:\\Program Files\\PowerShell\\7\r\n"))
                .hasValue(DefaultShell.POWERSHELL);
        assertThat(DefaultShell.of("\n")).isEmpty();
        assertThat(DefaultShell.of("/opt/microsoft/powershell/7\n")).isEmpty();
    }

    @Test
    void aCommandIsSaidToCmdInOneLine() {
        assertThat(DefaultShell.CMD.line(WORDS, "m1"))
                .isEqualTo("set GDS_COMMAND=m1& \"C:\\Program Files\\it's.exe\" \"a b\\\\\" \"\" x");
    }

    @Test
    void toPowerShellItsArgumentsAreVerbatimAndItsExitCodeIsAsked() {
        assertThat(DefaultShell.POWERSHELL.line(WORDS, "m1"))
                .isEqualTo("$ErrorActionPreference='Stop';$env:GDS_COMMAND='m1';& 'C:\\Program Files\\it''s.exe' --%"
                        + " \"a b\\\\\" \"\" x\nexit $LASTEXITCODE");
        assertThat(DefaultShell.POWERSHELL.line(List.of("x.exe"), "m1")).endsWith("& 'x.exe' --%\nexit $LASTEXITCODE");
    }

    @Test
    void whatIsTooLongWithOurOwnWordsIsRefused() {
        String word = "x".repeat(8170);
        assertThatThrownBy(() -> DefaultShell.CMD.line(List.of("a", word), "0123456789"))
                .hasMessageContaining("GDS-COMMAND-LINE");
    }
}
