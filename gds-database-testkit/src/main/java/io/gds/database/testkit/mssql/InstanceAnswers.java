package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlBatch;
import io.gds.database.testkit.tds.SqlFailure;
import io.gds.database.testkit.tds.SqlOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an instance answers to administrators and to whoever asks its views, and what it could not. Thread-safe. */
final class InstanceAnswers implements AutoCloseable {
    private final SqlInstance instance;
    private final ServerStatements statements;
    private final InstanceViews views;
    private final SystemTables tables = new SystemTables();
    private final List<String> refused = new ArrayList<>();

    InstanceAnswers(SqlInstance instance, ServerStatements statements) {
        this.instance = instance;
        this.statements = statements;
        this.views = new InstanceViews(instance);
    }

    /** What a statement of an administrator answers; empty when it is none. */
    Optional<List<SqlOutcome>> administer(SqlBatch batch, int session) throws SqlFailure {
        ServerCatalogue catalogue = instance.catalogue();
        synchronized (catalogue) {
            catalogue.refresh(instance.version(), instance.edition());
            return statements.answer(batch, session);
        }
    }

    /** The views that there are, those of groups only when a statement names them. */
    List<Relation> views(String lowerText) {
        return views.named(lowerText, instance.startedAt());
    }

    SqlOutcome select(String text, List<@Nullable Object> values, List<Relation> relations) throws SqlFailure {
        try {
            return tables.select(text, values, relations);
        } catch (SqlFailure e) {
            refuse(text + " -- " + e.getMessage());
            throw e;
        }
    }

    /** Remembers a statement that the model does not know. */
    synchronized void refuse(String what) {
        refused.add(what);
    }

    synchronized List<String> refused() {
        return List.copyOf(refused);
    }

    @Override
    public void close() {
        tables.close();
    }
}
