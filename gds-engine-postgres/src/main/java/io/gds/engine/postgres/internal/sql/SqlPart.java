package io.gds.engine.postgres.internal.sql;

/** What may stand in a statement besides its constant text. Immutable. */
public sealed interface SqlPart permits Identifier, Literal, SqlText {
    /** The part as the server reads it. */
    String sql();
}
