package io.gds.database.core.internal.ssh;

import java.util.List;

/**
 * One line for a POSIX shell, made of our own syntax and of words that the shell reads back exactly as they are. A new
 * line in a word is written as the variable {@code gds_n}, so the whole stays one line. Immutable.
 */
record ShellLine(String text) {
    /** Before any word: defines the variable that words with new lines refer to. */
    private static final String NEW_LINE = "gds_n=$(printf \"\\nx\"); gds_n=${gds_n%x}; ";

    /** A line that may hold words of any kind. */
    static ShellLine begin() {
        return new ShellLine(NEW_LINE);
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
        return new ShellLine(text + "'" + value.replace("'", "'\\''").replace("\n", "'\"$gds_n\"'") + "'");
    }

    /** Sets a variable of ours. */
    ShellLine assign(String ownName, String value) {
        return syntax(ownName + "=").word(value).syntax("; ");
    }
}
