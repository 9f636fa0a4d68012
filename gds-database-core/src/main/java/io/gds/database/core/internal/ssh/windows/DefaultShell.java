package io.gds.database.core.internal.ssh.windows;

import io.gds.database.spi.WindowsCommandLine;
import java.util.List;
import java.util.Optional;

/**
 * Which program the host's sshd hands commands to, and how a command is said to it. sshd starts {@code cmd.exe /c "..."} with the text
 * as it is, and {@code powershell.exe -c "..."} with its quotes escaped.
 */
enum DefaultShell {
    /** cmd.exe, unless the host's registry says otherwise. */
    CMD {
        @Override
        String line(List<String> words, String mark) {
            // Without a blank before the ampersand: it would be a part of the value.
            return WindowsCommandLine.checked("set " + MARK + "=" + mark + "& " + WindowsCommandLine.of(words));
        }
    },
    /** Windows PowerShell or PowerShell 7, as DefaultShell in the host's registry. */
    POWERSHELL {
        @Override
        String line(List<String> words, String mark) {
            String whole = WindowsCommandLine.of(words);
            String program = WindowsCommandLine.of(words.subList(0, 1));
            // How arguments are put together is not the same in all its versions, but behind --% to the end of the line
            // nothing
            // is done to them. A program that is not there is an error only if errors are, and its own exit code is
            // lost
            // unless it is said.
            return "$ErrorActionPreference='Stop';$env:" + MARK + "='" + mark + "';& " + literal(words.get(0)) + " --%"
                    + whole.substring(program.length()) + "\nexit $LASTEXITCODE";
        }
    };

    /** By this name and a value of its own the processes of a command are found, as on hosts of other kinds. */
    static final String MARK = "GDS_COMMAND";
    /** Which both of them take and answer otherwise. */
    static final String QUESTION = "echo $PSHOME";

    /** A command that is marked, as the text of a session's request. */
    abstract String line(List<String> words, String mark);

    /** Which one answered this to the question; empty when it is none that we know. */
    static Optional<DefaultShell> of(String answer) {
        String last = answer.strip().lines().reduce("", (before, line) -> line).strip();
        if (last.equals("$PSHOME")) {
            return Optional.of(CMD);
        }
        return last.matches("[A-Za-z]:\\\\.*") ? Optional.of(POWERSHELL) : Optional.empty();
    }

    /** In single quotes nothing is expanded; typographic ones count as such too. */
    private static String literal(String text) {
        return "'" + text.replaceAll("['\u2018-\u201b]", "$0$0") + "'";
    }
}
