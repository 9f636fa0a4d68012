package io.gds.engine.postgres.internal.sql;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A name, qualified or not, always quoted.
 *
 * @param parts the parts from the outermost to the innermost
 */
public record Identifier(List<String> parts) implements SqlPart {
    /** Copies, and refuses what no PostgreSQL name can be. */
    public Identifier {
        parts = List.copyOf(parts);
        for (String part : parts) {
            if (part.isEmpty() || part.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a name must not be empty and must not contain NUL");
            }
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a name needs at least one part");
        }
    }

    /** An unqualified or qualified name. */
    public static Identifier of(String... parts) {
        return new Identifier(List.of(parts));
    }

    @Override
    public String sql() {
        return parts.stream().map(p -> '"' + p.replace("\"", "\"\"") + '"').collect(Collectors.joining("."));
    }

    @Override
    public String toString() {
        return sql();
    }
}
