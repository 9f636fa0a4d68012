package io.gds.engine.mssql.internal.config;

import io.gds.database.error.Problem;
import java.util.HashMap;
import java.util.Map;

/** On which line of a JSON text each value begins: who mends a file by hand looks for lines. Confined to one thread. */
final class JsonLines {
    private final String text;
    private final Map<String, Integer> lines = new HashMap<>();
    private int at;
    private int line = 1;

    private JsonLines(String text) {
        this.text = text;
    }

    /**
     * The lines of a text.
     *
     * @param json an object that {@link PlainJson} could read
     */
    static JsonLines of(String json) {
        JsonLines read = new JsonLines(json);
        read.value("");
        return read;
    }

    /** The same mistake, with the line of its value; of what should hold it when it is missing. */
    Problem in(Problem problem) {
        String pointer = problem.location();
        while (!pointer.isEmpty() && !lines.containsKey(pointer)) {
            pointer = pointer.substring(0, pointer.lastIndexOf('/'));
        }
        String location = "line " + lines.getOrDefault(pointer, 1) + ", " + problem.location();
        return new Problem(location, problem.field(), problem.found(), problem.expected());
    }

    private void value(String pointer) {
        space();
        lines.putIfAbsent(pointer, line);
        switch (text.charAt(at)) {
            case '{' -> members(pointer);
            case '[' -> items(pointer);
            case '"' -> string();
            default -> word();
        }
        space();
    }

    private void members(String pointer) {
        step();
        space();
        while (text.charAt(at) != '}') {
            int ofKey = line;
            String member = pointer + "/" + string();
            lines.putIfAbsent(member, ofKey);
            space();
            step(); // the colon
            value(member);
            comma();
        }
        step();
    }

    private void items(String pointer) {
        step();
        space();
        for (int i = 0; text.charAt(at) != ']'; i++) {
            value(pointer + "/" + i);
            comma();
        }
        step();
    }

    private void comma() {
        if (text.charAt(at) == ',') {
            step();
            space();
        }
    }

    /** As it is written: a key with an escape in it is not found again, and then its object is. */
    private String string() {
        int from = at + 1;
        step();
        while (text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                step();
            }
            step();
        }
        step();
        return text.substring(from, at - 1);
    }

    private void word() {
        while ("{}[],:\"".indexOf(text.charAt(at)) < 0 && !Character.isWhitespace(text.charAt(at))) {
            step();
        }
    }

    private void space() {
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\uFEFF')) {
            step();
        }
    }

    private void step() {
        if (text.charAt(at) == '\n') {
            line++;
        }
        at++;
    }
}
