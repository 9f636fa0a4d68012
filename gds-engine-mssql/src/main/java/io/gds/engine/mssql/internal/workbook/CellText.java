package io.gds.engine.mssql.internal.workbook;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text as a cell of Excel can hold it: no longer than its limit, and of characters that XML 1.0 has. */
final class CellText {
    /** What Excel holds in one cell, in units of UTF-16. */
    static final int LIMIT = 32_767;

    private static final int REPLACEMENT = 0xFFFD;
    /** What Office reads as a character, wherever it stands: a text that has it by chance must say so. */
    private static final Pattern CODE = Pattern.compile("_x[0-9A-Fa-f]{4}_");

    private static final String UNDERSCORE = "_x005F_";

    private CellText() {}

    /**
     * The text for a cell. Line ends become those of Excel; what is too long is cut, and says so at its end. Codes such as
     * {@code _x0041_} are protected from being read as a character, which makes the text longer; the limit is kept all the same.
     */
    static String of(String text) {
        if (text.length() <= LIMIT && text.chars().allMatch(CellText::isPlain)) {
            return text;
        }
        String lines =
                text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
        String mark = "\n[cut: " + text.length() + " characters in all]";
        StringBuilder out = new StringBuilder(Math.min(lines.length(), LIMIT));
        Matcher codes = CODE.matcher(lines);
        int room = LIMIT - mark.length();
        int cut = 0;
        for (int i = 0; i < lines.length(); i += Character.charCount(lines.codePointAt(i))) {
            append(
                    out,
                    lines.codePointAt(i),
                    lines.charAt(i) == '_' && codes.region(i, lines.length()).lookingAt());
            if (out.length() <= room) {
                cut = out.length();
            }
            if (out.length() > LIMIT) {
                out.setLength(cut);
                return out.append(mark).toString();
            }
        }
        return out.toString();
    }

    private static void append(StringBuilder out, int character, boolean code) {
        if (code) {
            out.append(UNDERSCORE);
        } else {
            out.appendCodePoint(isXml(character) ? character : REPLACEMENT);
        }
    }

    /** What needs no second look: nearly all there is. */
    private static boolean isPlain(int unit) {
        return (unit >= 0x20 && unit < 0xD800 && unit != '_') || unit == '\n';
    }

    /** The characters of XML 1.0; half of a pair is none. */
    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || (c >= 0x10000 && c <= 0x10FFFF);
    }

    /** Whether somebody who edits the cell and leaves it would have made a formula of it. */
    static boolean looksLikeFormula(String text) {
        return !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0;
    }

    /** Whether Excel would take blanks from its ends. */
    static boolean hasOuterBlanks(String text) {
        return !text.isEmpty()
                && (Character.isWhitespace(text.charAt(0)) || Character.isWhitespace(text.charAt(text.length() - 1)));
    }
}
