package io.gds.database.testkit.powershell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line that Windows PowerShell 5.1 makes for a program: what has blanks is put into quotes, what is empty
 * gets lost, and quotes that are in it already stay as they are.
 */
final class NativeArguments {
    private NativeArguments() {}

    static String line(List<Given> given) {
        StringBuilder out = new StringBuilder();
        for (Given g : given) {
            if (g.isVerbatim()) {
                out.append(out.length() > 0 ? " " : "").append(g.text());
            } else if (g.name() != null) {
                add(out, g.text());
            } else if (Conversions.isMany(g.value())) {
                for (@Nullable Object one : Conversions.items(g.value())) {
                    add(out, Conversions.text(one));
                }
            } else {
                add(out, g.text());
            }
        }
        return out.toString();
    }

    private static void add(StringBuilder out, String argument) {
        if (argument.isEmpty()) {
            return;
        }
        if (out.length() > 0) {
            out.append(' ');
        }
        if (!needsQuotes(argument)) {
            out.append(argument);
            return;
        }
        out.append('"').append(argument);
        if (argument.endsWith("\\")) {
            out.append('\\');
        }
        out.append('"');
    }

    /** Whether there is a blank outside of quotes. */
    private static boolean needsQuotes(String argument) {
        boolean quoted = false;
        for (int i = 0; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (c == '"' && (i == 0 || argument.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            } else if (Character.isWhitespace(c) && !quoted) {
                return true;
            }
        }
        return false;
    }
}
