package io.gds.database.core.internal.report;

/** Text for terminals. */
final class Plain {
    private Plain() {}

    /** One line without control characters: what a server said must not move the cursor of whoever reads it. */
    static String line(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (!Character.isISOControl(c)) {
                out.appendCodePoint(c);
            } else if (c == '\n' || c == '\t') {
                out.append(' ');
            } else if (c != '\r') {
                out.append('?');
            }
        });
        return out.toString();
    }

    /** At most so many characters, the last one an ellipsis when some are missing. */
    static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, Math.max(0, most - 1)) + "…";
    }
}
