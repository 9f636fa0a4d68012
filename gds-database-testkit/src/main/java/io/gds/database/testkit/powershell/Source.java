package io.gds.database.testkit.powershell;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The text of a script, and the path of its file; text that came with a command line has no path. */
final class Source {
    private final @Nullable String path;
    private final String text;
    /** Where each line begins: each token asks for its place, and a script has thousands. */
    private final int[] lineStarts;

    Source(@Nullable String path, String text) {
        this.path = path;
        this.text = text;
        this.lineStarts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    @Nullable
    String path() {
        return path;
    }

    String text() {
        return text;
    }

    /** How messages call it. */
    String name() {
        return path == null ? "command" : path;
    }

    /** One of its lines, from one; empty when there is no such line. */
    String line(int number) {
        String[] lines = text.split("\r?\n", -1);
        return number < 1 || number > lines.length ? "" : lines[number - 1];
    }

    /** The place of a character. */
    Position position(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found < 0 ? -found - 2 : found;
        return new Position(line + 1, offset - lineStarts[line] + 1);
    }

    /** Where the file's directory is; empty for text without a file. */
    String directory() {
        int end = path == null ? -1 : path.lastIndexOf('\\');
        return path == null || end < 0 ? "" : path.substring(0, end);
    }
}
