package io.gds.database.core.internal.config;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML or JSON token by token. Aliases are refused where they stand and never followed, so nothing can expand.
 * Confined to one thread.
 */
final class SpecReader {
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxStringLength(SpecText.MAX_BYTES)
            .build();
    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();
    // As in YAML 1.2: "no" is a word, for instance the name of a cluster in Norway, and not a boolean.
    private static final JsonFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(LIMITS)
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .build();
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,18})");
    private static final Pattern QUOTED = Pattern.compile("'(?!<)[^']{2,}'|\"[^\"]{2,}\"");
    private static final String KINDS = "a string, a boolean, a whole number, a list or an object";

    private final JsonParser parser;
    private final boolean json;
    private final SpecProblems problems;
    private final Map<String, Mark> marks = new HashMap<>();
    private String path = "";

    private SpecReader(JsonParser parser, boolean json, SpecProblems problems) {
        this.parser = parser;
        this.json = json;
        this.problems = problems;
    }

    static SpecDocument read(String text, String source, SpecProblems problems) {
        boolean json = isJson(text, source);
        try (JsonParser parser = (json ? JSON : YAML).createParser(text)) {
            return new SpecReader(parser, json, problems).document();
        } catch (IOException e) {
            throw new UncheckedIOException("closing a parser of a string", e);
        }
    }

    private static boolean isJson(String text, String source) {
        String name = source.toLowerCase(Locale.ROOT);
        return name.endsWith(".json")
                || (!name.endsWith(".yaml")
                        && !name.endsWith(".yml")
                        && text.stripLeading().startsWith("{"));
    }

    private SpecDocument document() throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        marks.put("", new Mark(1, 1));
        boolean isObject;
        try {
            JsonToken first = parser.nextToken();
            isObject = first == JsonToken.START_OBJECT;
            if (isObject) {
                object(root, "");
                path = "";
                if (parser.nextToken() != null) {
                    problems.fact(here(), "", "a second document", "one document in a file");
                }
            } else {
                String found = first == null ? "nothing" : "something else";
                problems.fact(new Mark(1, 1), "", found, "an object with at least engine and name");
            }
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            Mark mark = at == null ? here() : new Mark(at.getLineNr(), at.getColumnNr());
            problems.fact(
                    mark,
                    path,
                    "a syntax error at column " + mark.column() + " (" + withoutContent(e) + ")",
                    json ? "valid JSON" : "valid YAML");
            return new SpecDocument(root, marks, false);
        }
        return new SpecDocument(root, marks, isObject);
    }

    /** Parsers quote the text that they stumble over, which may be a secret; only their own words are kept. */
    private static String withoutContent(JsonProcessingException e) {
        StringBuilder out = new StringBuilder();
        for (String line : requireNonNull(e.getOriginalMessage(), "message").split("\n", -1)) {
            if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0))) {
                out.append(out.isEmpty() ? "" : ", ").append(line);
            }
        }
        return QUOTED.matcher(out).replaceAll("...");
    }

    private void object(Map<String, Object> into, String where) throws IOException {
        Map<String, Mark> seen = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String field = where.isEmpty() ? key : where + "." + key;
            path = field;
            Mark mark = here();
            Mark before = seen.putIfAbsent(key, mark);
            parser.nextToken();
            if (before == null) {
                marks.put(field, mark);
                Object value = value(field, mark);
                if (value != null) {
                    into.put(key, value);
                }
            } else {
                problems.twice(mark, field, before);
                parser.skipChildren();
            }
        }
    }

    private List<Object> list(String where) throws IOException {
        List<Object> out = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String field = where + "[" + out.size() + "]";
            path = field;
            Mark mark = here();
            marks.put(field, mark);
            Object value = value(field, mark);
            out.add(value == null ? Map.of() : value); // so that the items after a wrong one keep their index
        }
        return out;
    }

    private @Nullable Object value(String field, Mark mark) throws IOException {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            problems.fact(mark, field, "a YAML alias", "the value itself, written out");
            return null;
        }
        if (parser.canReadTypeId() && parser.getTypeId() != null) {
            problems.fact(mark, field, "a YAML tag", "a plain value");
            parser.skipChildren();
            return null;
        }
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> nested = new LinkedHashMap<>();
                object(nested, field);
                return nested;
            }
            case START_ARRAY -> {
                return list(field);
            }
            case VALUE_STRING -> {
                return parser.getText();
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return parser.currentToken() == JsonToken.VALUE_TRUE;
            }
            case VALUE_NUMBER_INT -> {
                return whole(field, mark);
            }
            case VALUE_NUMBER_FLOAT ->
                problems.value(mark, field, parser.getText(), "a whole number, or the text in quotes: \"...\"");
            case VALUE_NULL -> problems.fact(mark, field, "nothing", KINDS);
            default -> problems.fact(mark, field, "something else", KINDS);
        }
        return null;
    }

    private @Nullable Object whole(String field, Mark mark) throws IOException {
        String text = parser.getText();
        if (WHOLE.matcher(text).matches()) {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException e) {
                problems.value(mark, field, text, "a whole number of 64 bits");
                return null;
            }
        }
        problems.value(mark, field, text, "a plain decimal number of 64 bits, or the text in quotes: \"...\"");
        return null;
    }

    private Mark here() {
        JsonLocation at = parser.currentTokenLocation();
        return new Mark(at.getLineNr(), at.getColumnNr());
    }
}
