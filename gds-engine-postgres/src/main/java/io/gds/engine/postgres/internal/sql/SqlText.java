package io.gds.engine.postgres.internal.sql;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A statement made of constant text and quoted parts: each <code>{}</code> of the text takes the next part. There is no way to
 * put a plain string in. {@link #toString()} masks secrets. Immutable.
 */
public final class SqlText implements SqlPart {
    private static final String HOLE = "{}";

    private final String sql;
    private final String shown;

    private SqlText(String sql, String shown) {
        this.sql = sql;
        this.shown = shown;
    }

    /**
     * A statement.
     *
     * @param text constant text, never input
     * @param parts one for each <code>{}</code>
     */
    public static SqlText of(String text, SqlPart... parts) {
        StringBuilder sql = new StringBuilder();
        StringBuilder shown = new StringBuilder();
        int at = 0;
        for (SqlPart part : parts) {
            int hole = text.indexOf(HOLE, at);
            if (hole < 0) {
                throw new IllegalArgumentException("more parts than places in: " + text);
            }
            sql.append(text, at, hole).append(part.sql());
            shown.append(text, at, hole).append(part);
            at = hole + HOLE.length();
        }
        if (parts.length > 0 && text.indexOf(HOLE, at) >= 0) {
            throw new IllegalArgumentException("fewer parts than places in: " + text);
        }
        return new SqlText(
                sql.append(text.substring(at)).toString(),
                shown.append(text.substring(at)).toString());
    }

    /** A statement or definition that the server itself wrote, names quoted: from pg_get_viewdef and its like. */
    public static SqlText fromCatalog(String definition) {
        return new SqlText(definition, definition);
    }

    /** Parts with commas between. */
    public static SqlText list(List<? extends SqlPart> parts) {
        return new SqlText(
                parts.stream().map(SqlPart::sql).collect(Collectors.joining(", ")),
                parts.stream().map(Object::toString).collect(Collectors.joining(", ")));
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public String toString() {
        return shown;
    }
}
