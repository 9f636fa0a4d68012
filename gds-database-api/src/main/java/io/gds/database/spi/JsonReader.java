package io.gds.database.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON for engines, which have no library for it: answers of servers and hosts, and small files that people write. Whole
 * numbers of up to 18 digits become Long, others Double; a key that stands twice in an object is refused, since one of the two
 * would be lost without a word. Confined to one call.
 */
public final class JsonReader {
    private static final int MAX_DEPTH = 64;

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * Reads one object.
     *
     * @param text the whole text; blanks around the object are allowed
     * @return its values in their order; null where the text says null
     * @throws IllegalArgumentException when the text is anything else; the message says what was expected, at which line and
     *     column, and nothing of the text itself
     */
    public static Map<String, @Nullable Object> object(String text) {
        JsonReader reader = new JsonReader(text);
        reader.space();
        Map<String, @Nullable Object> read = reader.map(0);
        reader.space();
        if (reader.at < text.length()) {
            throw reader.wrong("the end");
        }
        return read;
    }

    private @Nullable Object value(int depth) {
        if (depth > MAX_DEPTH) {
            throw wrong("fewer levels");
        }
        char c = peek();
        if (c == '{') {
            return map(depth);
        }
        if (c == '[') {
            return list(depth);
        }
        if (c == '"') {
            return string();
        }
        return word();
    }

    private Map<String, @Nullable Object> map(int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        take('{');
        space();
        while (peek() != '}') {
            String key = string();
            space();
            take(':');
            space();
            if (map.containsKey(key)) {
                throw wrong("each key once in an object");
            }
            map.put(key, value(depth + 1));
            next('}');
        }
        take('}');
        return map;
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        take('[');
        space();
        while (peek() != ']') {
            list.add(value(depth + 1));
            next(']');
        }
        take(']');
        return list;
    }

    private void next(char end) {
        space();
        if (peek() != end) {
            take(',');
            space();
            if (peek() == end) {
                throw wrong("another value");
            }
        }
    }

    private String string() {
        take('"');
        StringBuilder out = new StringBuilder();
        for (char c = any(); c != '"'; c = any()) {
            out.append(c == '\\' ? escaped(any()) : c);
        }
        return out.toString();
    }

    private char escaped(char c) {
        switch (c) {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'u':
                if (at + 4 > text.length()) {
                    throw wrong("four hexadecimal digits");
                }
                at += 4;
                return (char) Integer.parseInt(text.substring(at - 4, at), 16);
            default:
                return c;
        }
    }

    private @Nullable Object word() {
        int from = at;
        while (at < text.length() && isOfWord(text.charAt(at))) {
            at++;
        }
        String word = text.substring(from, at);
        return switch (word) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> number(word);
        };
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '+' || c == '-' || c == '.';
    }

    private Object number(String word) {
        try {
            if (word.matches("-?\\d{1,18}")) {
                return Long.valueOf(word);
            }
            return Double.valueOf(word);
        } catch (NumberFormatException e) {
            throw wrong("a value");
        }
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("more");
        }
        return text.charAt(at);
    }

    private char any() {
        char c = peek();
        at++;
        return c;
    }

    private void take(char wanted) {
        if (any() != wanted) {
            at--;
            throw wrong("'" + wanted + "'");
        }
    }

    private IllegalArgumentException wrong(String expected) {
        String before = text.substring(0, at);
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        int column = at - before.lastIndexOf('\n');
        return new IllegalArgumentException(
                "not JSON: expected " + expected + " at line " + line + ", column " + column);
    }
}
