package io.gds.engine.postgres.internal.pooler;

import io.gds.engine.postgres.internal.pooler.IniEntry.Pair;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One line {@code name = key=value key='va lue'} of a file, from one place of its text to another. Used once. */
final class ConnectString {
    private final String text;
    private final int end;
    private int at;

    ConnectString(String text, int begin, int end) {
        this.text = text;
        this.at = begin;
        this.end = end;
    }

    /** The entry; empty when the line is none. */
    Optional<IniEntry> entry(String file) {
        Optional<String> name = name();
        skip();
        if (name.isEmpty() || at >= end || text.charAt(at) != '=') {
            return Optional.empty();
        }
        at++;
        List<Pair> pairs = new ArrayList<>();
        for (skip(); at < end; skip()) {
            Optional<Pair> pair = pair();
            if (pair.isEmpty()) {
                return Optional.empty();
            }
            pairs.add(pair.get());
        }
        return Optional.of(new IniEntry(file, name.get(), pairs));
    }

    private Optional<String> name() {
        StringBuilder name = new StringBuilder();
        if (at < end && text.charAt(at) == '"') {
            if (!quoted('"', name)) {
                return Optional.empty();
            }
        } else {
            while (at < end && text.charAt(at) != '=' && !IniReader.isSpace(text.charAt(at))) {
                name.append(text.charAt(at++));
            }
        }
        byte[] bytes = name.toString().getBytes(StandardCharsets.ISO_8859_1);
        return name.isEmpty() ? Optional.empty() : Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }

    private Optional<Pair> pair() {
        int key = at;
        while (at < end && text.charAt(at) != '=' && !IniReader.isSpace(text.charAt(at))) {
            at++;
        }
        String word = text.substring(key, at);
        skip();
        if (word.isEmpty() || at >= end || text.charAt(at) != '=') {
            return Optional.empty();
        }
        at++;
        skip();
        int from = at;
        StringBuilder value = new StringBuilder();
        if (at < end && text.charAt(at) == '\'') {
            if (!quoted('\'', value)) {
                return Optional.empty();
            }
        } else {
            while (at < end && !IniReader.isSpace(text.charAt(at))) {
                value.append(text.charAt(at++));
            }
        }
        return Optional.of(new Pair(word, value.toString(), from, at));
    }

    /** Takes what stands between quotes, doubled ones for one; false when they do not close. */
    private boolean quoted(char quote, StringBuilder into) {
        at++;
        while (at < end) {
            char c = text.charAt(at++);
            if (c != quote) {
                into.append(c);
            } else if (at < end && text.charAt(at) == quote) {
                into.append(text.charAt(at++));
            } else {
                return true;
            }
        }
        return false;
    }

    private void skip() {
        at = IniReader.skip(text, at, end);
    }
}
