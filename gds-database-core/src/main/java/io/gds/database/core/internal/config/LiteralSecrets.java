package io.gds.database.core.internal.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds secrets that are written out where a reference should stand. Confined to one thread. */
final class LiteralSecrets {
    private final SpecDocument document;
    private final Set<String> schemes;
    private final SpecProblems problems;

    private LiteralSecrets(SpecDocument document, Set<String> schemes, SpecProblems problems) {
        this.document = document;
        this.schemes = schemes;
        this.problems = problems;
    }

    static void check(SpecDocument document, Set<String> schemes, SpecProblems problems) {
        new LiteralSecrets(document, schemes, problems).walk("", "", document.values());
    }

    private void walk(String field, String key, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> {
                String name = String.valueOf(k);
                walk(field.isEmpty() ? name : field + "." + name, name, v);
            });
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                walk(field + "[" + i + "]", key, list.get(i));
            }
        } else if (value instanceof String text) {
            if (SecretRules.secretive(field) && !SecretRules.reference(text, schemes)) {
                report(
                        field,
                        "a reference to a secret, such as env:NAME or file:/path; known are " + new TreeSet<>(schemes));
            } else if (SecretRules.urlWithPassword(text)) {
                report(field, "an address without a password in it");
            }
        } else if (value instanceof Long && SecretRules.secretive(key)) {
            report(field, "a reference to a secret, such as env:NAME or file:/path");
        }
    }

    private void report(String field, String expected) {
        problems.fact(document.markOf(field), field, "***", expected);
    }
}
