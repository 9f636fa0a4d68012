package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.util.ArrayList;
import java.util.List;

/** Command lines, as programs in C take them apart and as cmd.exe looks at them before. */
final class CommandLine {
    /** Longer ones cmd.exe does not take. */
    static final int LONGEST = 8191;

    private CommandLine() {}

    /** By the rules of CommandLineToArgvW for what stands behind the program's name. */
    static List<String> arguments(String line) {
        List<String> out = new ArrayList<>();
        int i = 0;
        while (i < line.length()) {
            while (i < line.length() && isBlank(line.charAt(i))) {
                i++;
            }
            if (i < line.length()) {
                StringBuilder word = new StringBuilder();
                i = argument(line, i, word);
                out.add(word.toString());
            }
        }
        return out;
    }

    private static int argument(String line, int from, StringBuilder word) {
        boolean quoted = false;
        int i = from;
        while (i < line.length() && (quoted || !isBlank(line.charAt(i)))) {
            int slashes = 0;
            while (i < line.length() && line.charAt(i) == '\\') {
                slashes++;
                i++;
            }
            boolean quote = i < line.length() && line.charAt(i) == '"';
            // backslashes mean something only in front of a quote: two of them stand for one
            word.append("\\".repeat(quote ? slashes / 2 : slashes));
            if (quote && slashes % 2 == 1) {
                word.append('"');
                i++;
            } else if (quote && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                word.append('"');
                i += 2;
            } else if (quote) {
                quoted = !quoted;
                i++;
            } else if (i < line.length() && (quoted || !isBlank(line.charAt(i)))) {
                word.append(line.charAt(i++));
            }
        }
        return i;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** The name of the program, which may be in quotes; what is left of the line stays behind it. */
    static String[] program(String line) {
        String trimmed = line.stripLeading();
        if (trimmed.startsWith("\"")) {
            int end = trimmed.indexOf('"', 1);
            return end < 0
                    ? new String[] {trimmed.substring(1), ""}
                    : new String[] {
                        trimmed.substring(1, end), trimmed.substring(end + 1).stripLeading()
                    };
        }
        int end = 0;
        while (end < trimmed.length() && !isBlank(trimmed.charAt(end))) {
            end++;
        }
        return new String[] {trimmed.substring(0, end), trimmed.substring(end).stripLeading()};
    }

    /** Refuses what cmd.exe would make something else of: no command of ours may depend on that. */
    static void refuseMeaning(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            boolean means = c == '%' || c == '\n' || c == '\r' || (!quoted && "&|<>^".indexOf(c) >= 0);
            if (means) {
                throw new UnsupportedPowerShell("'" + c + "' in a command line for cmd.exe: " + line);
            }
        }
    }
}
