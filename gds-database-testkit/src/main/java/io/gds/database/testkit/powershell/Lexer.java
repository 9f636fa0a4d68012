package io.gds.database.testkit.powershell;

import io.gds.database.testkit.powershell.Token.Kind;
import io.gds.database.testkit.powershell.Token.Mode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one word at a time, at any place and in any {@link Mode}; keeps no state. */
final class Lexer {
    private static final List<String> SYMBOLS = List.of(
            "..", "::", "++", "--", "+=", "-=", "*=", "/=", "%=", "=", "+", "-", "*", "/", "%", "!", ",", ".", "(", ")",
            "{", "}", "[", "]", "|", "&", ";");
    private static final Set<String> OPERATORS = Set.of(
            "eq",
            "ne",
            "gt",
            "ge",
            "lt",
            "le",
            "like",
            "notlike",
            "match",
            "notmatch",
            "split",
            "join",
            "replace",
            "contains",
            "notcontains",
            "in",
            "notin",
            "and",
            "or",
            "xor",
            "not",
            "f",
            "is",
            "isnot",
            "as",
            "band",
            "bor",
            "bxor",
            "ieq",
            "ceq",
            "cne",
            "cmatch",
            "clike",
            "creplace");

    private final Source source;
    private final String text;

    Lexer(Source source) {
        this.source = source;
        this.text = source.text();
    }

    Source source() {
        return source;
    }

    /** The word at or after a place. */
    Token next(int from, Mode mode) {
        int start = skip(from);
        boolean spaced = start > from;
        if (start >= text.length()) {
            return token(Kind.END, "", start, start, spaced);
        }
        char c = text.charAt(start);
        if (c == '\n' || c == '\r') {
            int end = text.startsWith("\r\n", start) ? start + 2 : start + 1;
            return token(Kind.NEWLINE, "newline", start, end, spaced);
        }
        if (c == '\'' || c == '"' || text.startsWith("@'", start) || text.startsWith("@\"", start)) {
            return new QuotedText(this, start, spaced).read();
        }
        Token shared = beginning(c, start, mode, spaced);
        if (shared != null) {
            return shared;
        }
        return switch (mode) {
            case COMMAND -> command(c, start, spaced);
            case EXPRESSION -> expression(c, start, spaced);
            case ARGUMENT -> argument(c, start, spaced);
            case MEMBER, KEY -> name(c, start, mode, spaced);
        };
    }

    /** What reads the same everywhere. */
    private @Nullable Token beginning(char c, int start, Mode mode, boolean spaced) {
        if (text.startsWith("$(", start) || text.startsWith("@(", start) || text.startsWith("@{", start)) {
            return token(Kind.SYMBOL, text.substring(start, start + 2), start, start + 2, spaced);
        }
        if (c == '$' && mode != Mode.ARGUMENT) {
            int end = variableEnd(start);
            if (end > start) {
                return token(Kind.VARIABLE, variableName(start, end), start, end, spaced);
            }
        }
        if (c == '@' && start + 1 < text.length() && isNamePart(text.charAt(start + 1))) {
            int end = nameEnd(start + 1);
            return token(Kind.SPLAT, text.substring(start + 1, end), start, end, spaced);
        }
        if ("(){};,|".indexOf(c) >= 0) {
            if (text.startsWith("||", start)) {
                throw wrong("||", start);
            }
            return token(Kind.SYMBOL, String.valueOf(c), start, start + 1, spaced);
        }
        if (c == '>' || c == '<' || (mode != Mode.EXPRESSION && redirection(start) > 0)) {
            int end = redirection(start);
            if (end == 0) {
                throw wrong(String.valueOf(c), start);
            }
            return token(Kind.REDIRECTION, text.substring(start, end), start, end, spaced);
        }
        return null;
    }

    private int redirection(int start) {
        int i = start;
        if (i + 1 < text.length() && "123456*".indexOf(text.charAt(i)) >= 0 && text.charAt(i + 1) == '>') {
            i++;
        }
        if (text.charAt(i) != '>') {
            return 0;
        }
        if (text.startsWith(">&1", i)) {
            return i + 3;
        }
        return text.startsWith(">>", i) ? i + 2 : i + 1;
    }

    private Token command(char c, int start, boolean spaced) {
        if (c == '&') {
            return ampersand(start, spaced);
        }
        boolean alone = start + 1 >= text.length() || Character.isWhitespace(text.charAt(start + 1));
        boolean block = start + 1 < text.length() && text.charAt(start + 1) == '{';
        if (c == '.' && alone) {
            return token(Kind.SYMBOL, ".", start, start + 1, spaced);
        }
        if ((c == '%' || c == '?') && (alone || block)) {
            return token(Kind.WORD, String.valueOf(c), start, start + 1, spaced);
        }
        boolean path = c == '.' && !alone && !Character.isDigit(text.charAt(start + 1));
        if (Character.isLetter(c) || c == '_' || c == '\\' || path) {
            return new BareWord(this, start, spaced).read();
        }
        return expression(c, start, spaced);
    }

    private Token ampersand(int start, boolean spaced) {
        if (text.startsWith("&&", start)) {
            throw wrong("&&", start);
        }
        return token(Kind.SYMBOL, "&", start, start + 1, spaced);
    }

    private Token expression(char c, int start, boolean spaced) {
        boolean fraction = c == '.' && start + 1 < text.length() && Character.isDigit(text.charAt(start + 1));
        if (Character.isDigit(c) || fraction) {
            int end = NumberText.end(text, start);
            return number(start, end, spaced);
        }
        if (isDash(c) && start + 1 < text.length() && Character.isLetter(text.charAt(start + 1))) {
            int end = nameEnd(start + 1);
            String name = text.substring(start + 1, end).toLowerCase(Locale.ROOT);
            if (!OPERATORS.contains(name)) {
                throw wrong("operator -" + name, start);
            }
            return token(Kind.OPERATOR, name, start, end, spaced);
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, start)) {
                return token(Kind.SYMBOL, symbol, start, start + symbol.length(), spaced);
            }
        }
        if (isNamePart(c)) {
            return token(Kind.WORD, text.substring(start, nameEnd(start)), start, nameEnd(start), spaced);
        }
        throw wrong("'" + c + "'", start);
    }

    private Token argument(char c, int start, boolean spaced) {
        if (c == '&') {
            return ampersand(start, spaced);
        }
        boolean parameter = isDash(c)
                && start + 1 < text.length()
                && (Character.isLetter(text.charAt(start + 1)) || text.charAt(start + 1) == '_');
        if (parameter) {
            int end = start + 1;
            while (end < text.length() && isNamePart(text.charAt(end))) {
                end++;
            }
            boolean joined = end < text.length() && text.charAt(end) == ':';
            String name = text.substring(start + 1, end) + (joined ? ":" : "");
            return token(Kind.PARAMETER, name, start, joined ? end + 1 : end, spaced);
        }
        if (c == '$') {
            int end = variableEnd(start);
            if (end > start && standsAlone(end)) {
                return token(Kind.VARIABLE, variableName(start, end), start, end, spaced);
            }
        }
        return new BareWord(this, start, spaced).read();
    }

    /** Whether a variable that ends here is an argument by itself, and not the beginning of a longer word. */
    private boolean standsAlone(int end) {
        if (end >= text.length()) {
            return true;
        }
        char c = text.charAt(end);
        boolean member = c == '.' && end + 1 < text.length() && isNamePart(text.charAt(end + 1));
        return Character.isWhitespace(c) || "(){};,|&[".indexOf(c) >= 0 || member || text.startsWith("::", end);
    }

    private Token name(char c, int start, Mode mode, boolean spaced) {
        if (Character.isDigit(c) && mode == Mode.KEY) {
            return number(start, NumberText.end(text, start), spaced);
        }
        if (!isNamePart(c)) {
            return expression(c, start, spaced);
        }
        int end = nameEnd(start);
        while (mode == Mode.KEY && end + 1 < text.length() && text.charAt(end) == '-') {
            end = nameEnd(end + 1);
        }
        return token(Kind.WORD, text.substring(start, end), start, end, spaced);
    }

    private Token number(int start, int end, boolean spaced) {
        Object value = NumberText.value(text.substring(start, end));
        if (value == null) {
            throw wrong("number " + text.substring(start, end), start);
        }
        return new Token(Kind.NUMBER, text.substring(start, end), value, List.of(), at(start), start, end, spaced);
    }

    /** Past blanks, comments and ends of lines that a backtick takes away. */
    private int skip(int from) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\t' || c == '\f' || c == '\u00a0' || c == '\ufeff') {
                i++;
            } else if (c == '`' && (text.startsWith("\n", i + 1) || text.startsWith("\r\n", i + 1))) {
                i = text.indexOf('\n', i) + 1;
            } else if (c == '#') {
                int end = text.indexOf('\n', i);
                i = end < 0 ? text.length() : end;
            } else if (text.startsWith("<#", i)) {
                int end = text.indexOf("#>", i);
                if (end < 0) {
                    throw wrong("comment without an end", i);
                }
                i = end + 2;
            } else {
                return i;
            }
        }
        return i;
    }

    /** Where a variable that begins with a dollar sign here ends; where it begins when it is none. */
    int variableEnd(int start) {
        int i = start + 1;
        if (i >= text.length()) {
            return start;
        }
        if (text.charAt(i) == '{') {
            int end = text.indexOf('}', i);
            return end < 0 ? start : end + 1;
        }
        if ("?$^".indexOf(text.charAt(i)) >= 0) {
            return i + 1;
        }
        int end = nameEnd(i);
        if (end == i) {
            return start;
        }
        boolean scoped = end + 1 < text.length()
                && text.charAt(end) == ':'
                && text.charAt(end + 1) != ':'
                && isNamePart(text.charAt(end + 1));
        return scoped ? nameEnd(end + 1) : end;
    }

    String variableName(int start, int end) {
        String name = text.substring(start + 1, end);
        return name.startsWith("{") ? name.substring(1, name.length() - 1) : name;
    }

    private int nameEnd(int from) {
        int i = from;
        while (i < text.length() && isNamePart(text.charAt(i))) {
            i++;
        }
        return i;
    }

    static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static boolean isDash(char c) {
        return c == '-' || c == '\u2013' || c == '\u2014';
    }

    Position at(int offset) {
        return source.position(offset);
    }

    Token token(Kind kind, String word, int start, int end, boolean spaced) {
        return new Token(kind, word, null, List.of(), at(start), start, end, spaced);
    }

    UnsupportedPowerShell wrong(String what, int offset) {
        return new UnsupportedPowerShell("syntax: " + what).at(source, at(offset));
    }
}
