package io.gds.engine.postgres.internal.steps;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Gate;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepDraft;
import io.gds.database.spi.Undoable;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.sql.Identifier;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.util.ArrayList;
import java.util.List;

/**
 * Extensions brought to the versions that the installed packages carry. An older server may not know what the newer
 * version of an extension needs: there is no way back behind this step.
 */
public final class ExtensionHandlers {
    static final String UPDATE = "pg.extensions-update@1";

    private static final String DATABASES =
            "SELECT datname::text AS name FROM pg_database WHERE datallowconn AND datname <> 'template0' ORDER BY 1";
    private static final String OUTDATED = "SELECT name::text, installed_version AS old, default_version AS new FROM"
            + " pg_available_extensions WHERE installed_version IS NOT NULL AND installed_version IS DISTINCT FROM"
            + " default_version ORDER BY 1";

    private ExtensionHandlers() {}

    static List<PostgresHandler> all() {
        return List.of(new Update());
    }

    /** The step behind a patch that asks for it. */
    public static List<StepDraft> afterwards(PatchRequest request) {
        return request.extensions()
                .map(rule -> List.of(new StepDraft(
                        "extensions",
                        "Update extensions to the versions that the patch brought",
                        ActionId.of(UPDATE),
                        Params.empty(),
                        new Gate("extensions", rule))))
                .orElse(List.of());
    }

    private static List<Params> outdated(PostgresEngine engine) {
        List<Params> out = new ArrayList<>();
        for (String database : engine.connections().onPrimary(s -> s.query(DATABASES, r -> r.text("name")))) {
            engine.connections()
                    .onPrimary(
                            database,
                            s -> out.addAll(
                                    s.query(OUTDATED, r -> Params.of("database", database, "extension", r.text("name"))
                                            .with(Params.of("from", r.text("old"), "to", r.text("new"))))));
        }
        return out;
    }

    private static final class Update extends PostgresHandler {
        Update() {
            super(UPDATE);
        }

        @Override
        public String describe(Params p) {
            return "ALTER EXTENSION ... UPDATE in every database, where a newer version is installed";
        }

        @Override
        public Prepared prepare(StepContext<PostgresEngine> c) {
            List<Params> found = outdated(c.engine());
            return found.isEmpty()
                    ? Prepared.skip("every extension has the version that is installed")
                    : Prepared.proceed(Params.of("extensions", found));
        }

        @Override
        public Params apply(StepContext<PostgresEngine> c) {
            for (Params each : c.facts().objects("extensions")) {
                c.fence();
                c.engine().connections().onPrimary(each.string("database"), s -> {
                    s.execute(SqlText.of("ALTER EXTENSION {} UPDATE", Identifier.of(each.string("extension"))));
                    return each;
                });
                c.progress(each.string("database") + ": " + each.string("extension") + " " + each.string("from")
                        + " -> " + each.string("to"));
            }
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<PostgresEngine> c) {
            List<Params> left = outdated(c.engine());
            return left.isEmpty() ? Verdict.holds() : Verdict.again("still outdated: " + left);
        }

        @Override
        public Undoable undoable(StepContext<PostgresEngine> c) {
            return Undoable.impossible("extensions have no way back to an earlier version");
        }
    }
}
