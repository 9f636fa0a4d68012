package io.gds.database.spi;

import io.gds.database.error.GdsDatabaseException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words of a command as one line for a Windows host, which cmd.exe reads first and then the program by the rules of
 * {@code CommandLineToArgvW}. Words that the two of them do not read alike are refused: what matters travels in base64 anyhow.
 */
public final class WindowsCommandLine {
    /** The longest line that cmd.exe takes, in characters. */
    public static final int LONGEST = 8191;

    /** cmd.exe expands or splits at these, some of them even between quotes. */
    private static final Pattern UNSAFE = Pattern.compile("[\"%!^&|<>\\p{Cntrl}]");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:\\\\=+@-]+");

    private WindowsCommandLine() {}

    /**
     * The line.
     *
     * @param words the program and its arguments
     * @throws GdsDatabaseException with code {@code GDS-COMMAND-LINE} when a word cannot be said, or the line is too long
     */
    public static String of(List<String> words) {
        String line = words.stream().map(WindowsCommandLine::word).collect(Collectors.joining(" "));
        return checked(line);
    }

    /**
     * A line that begins or ends with something more, when it is not too long.
     *
     * @throws GdsDatabaseException with code {@code GDS-COMMAND-LINE} when it is
     */
    public static String checked(String line) {
        if (line.length() > LONGEST) {
            throw refused("a command line of " + line.length() + " characters", LONGEST + " at most");
        }
        return line;
    }

    private static String word(String word) {
        if (PLAIN.matcher(word).matches()) {
            return word;
        }
        if (UNSAFE.matcher(word).find()) {
            throw refused(
                    "a word with a character that cmd.exe does something of its own with", "none of \" % ! ^ & | < >");
        }
        // Backslashes before the closing quote would take it for a part of the word.
        int end = word.length();
        while (end > 0 && word.charAt(end - 1) == '\\') {
            end--;
        }
        return "\"" + word + word.substring(end) + "\"";
    }

    private static GdsDatabaseException refused(String found, String expected) {
        return GdsDatabaseException.plugin("GDS-COMMAND-LINE")
                .message("found " + found + ", expected " + expected + ".")
                .remedy("send it in a file, or in base64.")
                .build();
    }
}
