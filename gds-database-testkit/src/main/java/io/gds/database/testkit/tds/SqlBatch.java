package io.gds.database.testkit.tds;

import java.util.List;
import java.util.Optional;

/**
 * One request of a client.
 *
 * @param kind how it came
 * @param text SQL, the name of a procedure, or {@code BEGIN TRAN}, {@code COMMIT TRAN}, {@code ROLLBACK TRAN}
 * @param parameters in the order in which they came; empty for plain SQL
 */
public record SqlBatch(Kind kind, String text, List<SqlParameter> parameters) {
    /** How a request came. */
    public enum Kind {
        /** SQL text without parameters. */
        TEXT,
        /** SQL text with parameters, prepared or not. */
        STATEMENT,
        /** A procedure called by its name. */
        PROCEDURE,
        /** A message of the transaction manager, not SQL. */
        TRANSACTION
    }

    /** Takes a copy of the list. */
    public SqlBatch {
        parameters = List.copyOf(parameters);
    }

    static SqlBatch text(String text) {
        return new SqlBatch(Kind.TEXT, text, List.of());
    }

    /** A parameter by its name, which is compared without regard to case; {@code @P0} is the first question mark. */
    public Optional<SqlParameter> parameter(String name) {
        return parameters.stream().filter(p -> p.name().equalsIgnoreCase(name)).findFirst();
    }
}
