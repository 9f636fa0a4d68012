package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.List;

/** Errors as PowerShell shows them on a console that never breaks a line. */
final class ErrorText {
    private ErrorText() {}

    static String of(ErrorRecord e) {
        List<String> lines = new ArrayList<>();
        String message = e.exception().message();
        lines.add(e.command().isEmpty() ? message : e.command() + " : " + message);
        lines.addAll(place(e));
        String target =
                e.target() == null ? ":" : Conversions.text(e.target()) + ":" + shortName(TypeNames.of(e.target()));
        lines.add("    + CategoryInfo          : " + e.category() + ": (" + target + ") [" + e.command() + "], "
                + shortName(e.exception().type()));
        lines.add("    + FullyQualifiedErrorId : " + e.errorId());
        lines.add(" ");
        return String.join("\r\n", lines) + "\r\n";
    }

    /** What InvocationInfo.PositionMessage says. */
    static List<String> place(ErrorRecord e) {
        if (e.at().line() == 0) {
            return List.of();
        }
        String where = e.source().path() == null ? "line" : e.source().path();
        String line = e.source().line(e.at().line());
        int from = Math.min(line.length(), Math.max(0, e.at().column() - 1));
        int blank = line.length() - line.stripLeading().length();
        String marks = " ".repeat(Math.max(0, from - blank))
                + "~".repeat(Math.max(1, line.substring(from).stripTrailing().length()));
        return List.of(
                "At " + where + ":" + e.at().line() + " char:" + e.at().column(), "+ " + line.strip(), "+ " + marks);
    }

    private static String shortName(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
