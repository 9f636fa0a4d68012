package io.gds.database.testkit.powershell;

import org.jspecify.annotations.Nullable;

/** The text of a script, and the path of its file; text that came with a command line has no path. */
record Source(@Nullable String path, String text) {
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
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset && i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Position(line, offset - lineStart + 1);
    }

    /** Where the file's directory is; empty for text without a file. */
    String directory() {
        int end = path == null ? -1 : path.lastIndexOf('\\');
        return path == null || end < 0 ? "" : path.substring(0, end);
    }
}
