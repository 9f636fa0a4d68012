package io.gds.database.testkit.powershell;

import io.gds.database.testkit.powershell.Token.Kind;
import java.util.List;

/** Reads one string in quotes, or one between {@code @'} and {@code '@}. */
final class QuotedText {
    private final Lexer lexer;
    private final String text;
    private final int start;
    private final boolean spaced;

    QuotedText(Lexer lexer, int start, boolean spaced) {
        this.lexer = lexer;
        this.text = lexer.source().text();
        this.start = start;
        this.spaced = spaced;
    }

    Token read() {
        if (text.charAt(start) == '@') {
            return block();
        }
        return text.charAt(start) == '\'' ? plain() : expandable();
    }

    private Token plain() {
        StringBuilder out = new StringBuilder();
        int i = start + 1;
        while (i < text.length()) {
            if (text.startsWith("''", i)) {
                out.append('\'');
                i += 2;
            } else if (text.charAt(i) == '\'') {
                return string(out.toString(), i + 1);
            } else {
                out.append(text.charAt(i++));
            }
        }
        throw lexer.wrong("string without an end", start);
    }

    private Token expandable() {
        TextParts parts = new TextParts(lexer);
        int i = start + 1;
        while (i < text.length()) {
            if (text.startsWith("\"\"", i)) {
                parts.add('"');
                i += 2;
            } else if (text.charAt(i) == '"') {
                return expandable(parts, i + 1);
            } else {
                i = parts.take(i);
            }
        }
        throw lexer.wrong("string without an end", start);
    }

    private Token block() {
        char quote = text.charAt(start + 1);
        int from = text.indexOf('\n', start) + 1;
        int end = text.indexOf("\n" + quote + "@", from - 1);
        if (from == 0 || end < 0 || !text.substring(start + 2, from).isBlank()) {
            throw lexer.wrong("here-string", start);
        }
        int last = end > from && text.charAt(end - 1) == '\r' ? end - 1 : end;
        if (quote == '\'') {
            return string(last < from ? "" : text.substring(from, last), end + 3);
        }
        TextParts parts = new TextParts(lexer);
        int i = from;
        while (i < last) {
            i = parts.take(i);
        }
        return expandable(parts, end + 3);
    }

    private Token string(String value, int end) {
        return new Token(Kind.STRING, value, value, List.of(), lexer.at(start), start, end, spaced);
    }

    private Token expandable(TextParts parts, int end) {
        return new Token(Kind.EXPANDABLE, "", null, parts.parts(), lexer.at(start), start, end, spaced);
    }
}
