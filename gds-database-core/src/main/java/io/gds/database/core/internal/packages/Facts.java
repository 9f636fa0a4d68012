package io.gds.database.core.internal.packages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a script printed: one fact per line, its kind and its parts separated by tabs. */
final class Facts {
    private final List<List<String>> lines = new ArrayList<>();

    Facts(String output) {
        output.lines().map(line -> Arrays.asList(line.split("\t", -1))).forEach(lines::add);
    }

    /** The parts of each fact of a kind that has at least that many. */
    List<List<String>> of(String kind, int parts) {
        return lines.stream()
                .filter(l -> l.get(0).equals(kind) && l.size() > parts)
                .map(l -> l.subList(1, l.size()))
                .toList();
    }

    /** The first part of each fact of a kind. */
    List<String> of(String kind) {
        return of(kind, 1).stream().map(l -> l.get(0)).toList();
    }

    boolean has(String kind) {
        return lines.stream().anyMatch(l -> l.get(0).equals(kind));
    }
}
