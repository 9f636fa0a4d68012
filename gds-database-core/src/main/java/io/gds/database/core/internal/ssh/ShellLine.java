package io.gds.database.core.internal.ssh;

import java.util.List;

/**
 * One line for a POSIX shell, made of our own syntax and of words that the shell reads back exactly as they are. A new
 * line in a word is written as the variable {@code gds_n}, so the whole stays one line. Immutable.
 */
record ShellLine(String text) {
    private static final String REFERENCE = "\"$gds_n\"";
    private static final String NEW_LINE = "gds_n=$(printf \"\\nx\"); gds_n=${gds_n%x}; ";

    /** A line without anything. */
    static ShellLine empty() {
        return new ShellLine("");
    }

    /** The line as it may be run: the variable that its words refer to is set first. */
    String toRun() {
        return (text.indexOf(REFERENCE) < 0 ? "" : NEW_LINE) + text;
    }

    /** A command of plain words, for whatever shell the account logs in with: they must not hold new lines. */
    static ShellLine command(List<String> words) {
        ShellLine line = new ShellLine("exec");
        for (String word : words) {
            line = line.syntax(" ").word(word);
        }
        return line;
    }

    /** Syntax of our own; never what came from outside. */
    ShellLine syntax(String own) {
        return new ShellLine(text + own);
    }

    /** A word, quoted. */
    ShellLine word(String value) {
        return new ShellLine(text + "'" + value.replace("'", "'\\''").replace("\n", "'" + REFERENCE + "'") + "'");
    }

    /** Sets a variable of ours. */
    ShellLine assign(String ownName, String value) {
        return syntax(ownName + "=").word(value).syntax("; ");
    }
}
