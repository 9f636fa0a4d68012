package io.gds.engine.postgres.internal.pooler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sections of an haproxy.cfg as lines of words, without comments and quotes. What it does not know it keeps: nothing is
 * an error here, since HAProxy itself has accepted the file.
 *
 * @param sections in their order
 */
record HaproxyConfig(List<Section> sections) {
    private static final Set<String> OPENERS = Set.of(
            "global",
            "defaults",
            "frontend",
            "backend",
            "listen",
            "peers",
            "resolvers",
            "userlist",
            "mailers",
            "cache",
            "program",
            "ring",
            "http-errors",
            "fcgi-app",
            "log-forward");

    /**
     * A section.
     *
     * @param kind its first word
     * @param name its name, empty when it has none
     * @param from the named {@code defaults} that it starts from; otherwise the last one before it
     * @param lines its lines as words
     */
    record Section(String kind, String name, Optional<Integer> from, List<List<String>> lines) {
        /** The words after the last line that begins with these. */
        Optional<List<String>> last(String... words) {
            List<String> wanted = List.of(words);
            return lines.stream()
                    .filter(l -> l.size() >= wanted.size()
                            && l.subList(0, wanted.size()).equals(wanted))
                    .reduce((a, b) -> b)
                    .map(l -> l.subList(wanted.size(), l.size()));
        }

        /** All lines that begin with a word, without it. */
        List<List<String>> all(String word) {
            return lines.stream()
                    .filter(l -> l.get(0).equals(word))
                    .map(l -> l.subList(1, l.size()))
                    .toList();
        }
    }

    /** Copies. */
    HaproxyConfig {
        sections = List.copyOf(sections);
    }

    static HaproxyConfig parse(String text) {
        List<Section> out = new ArrayList<>();
        Map<String, Integer> defaults = new HashMap<>();
        Optional<Integer> lastDefaults = Optional.empty();
        List<List<String>> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            List<String> words = words(line);
            if (words.isEmpty()) {
                continue;
            }
            if (!OPENERS.contains(words.get(0))) {
                lines.add(words);
                continue;
            }
            lines = new ArrayList<>();
            String name = words.size() > 1 && !words.get(1).equals("from") ? words.get(1) : "";
            int from = words.indexOf("from");
            Optional<Integer> base = from > 0 && from + 1 < words.size()
                    ? Optional.ofNullable(defaults.get(words.get(from + 1)))
                    : words.get(0).equals("defaults") ? Optional.empty() : lastDefaults;
            out.add(new Section(words.get(0), name, base, lines));
            if (words.get(0).equals("defaults")) {
                lastDefaults = Optional.of(out.size() - 1);
                defaults.put(name, out.size() - 1);
            }
        }
        return new HaproxyConfig(out);
    }

    /** The section of a proxy with servers, and the defaults that count for it, nearest first. */
    List<Section> proxy(String name) {
        Optional<Section> found = sections.stream()
                .filter(s -> (s.kind().equals("listen") || s.kind().equals("backend"))
                        && s.name().equals(name))
                .findFirst();
        List<Section> chain = new ArrayList<>();
        while (found.isPresent() && chain.size() <= sections.size()) {
            chain.add(found.get());
            found = found.get().from().map(sections::get);
        }
        return chain;
    }

    /** Words as HAProxy splits them: quotes, backslashes, and comments. */
    private static List<String> words(String line) {
        List<String> out = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean inWord = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != '\'' && c == '\\' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
                inWord = true;
            } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                quote = quote == 0 ? c : 0;
                inWord = true;
            } else if (quote == 0 && c == '#') {
                break;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (inWord) {
                    out.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            out.add(word.toString());
        }
        return out;
    }
}
