package io.gds.engine.mssql.internal.clone;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.SandboxSpec;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlName;
import java.nio.file.Path;
import java.time.Duration;

/** What the steps of clone tests have in common: on which database they are, and what its copy and its backup are called. */
abstract class CloneStep implements StepHandler<MssqlEngine> {
    static final String SOURCE = "source";
    static final String DATABASE = "database";
    static final String NUMBER = "number";

    static final Duration RECHECK = Duration.ofSeconds(5);

    private final ActionId action;

    CloneStep(String action) {
        this.action = ActionId.of(action);
    }

    @Override
    public final ActionId action() {
        return action;
    }

    @Override
    public Prepared prepare(StepContext<MssqlEngine> c) {
        return Prepared.proceed(Params.empty());
    }

    static String database(Params p) {
        return p.optionalString(DATABASE).orElse("the database");
    }

    static SandboxSpec spec(StepContext<MssqlEngine> c) {
        return c.engine()
                .spec()
                .sandbox()
                .orElseThrow(() -> new IllegalStateException("a clone test of a spec without a sandbox"));
    }

    static SqlAccess sandbox(StepContext<MssqlEngine> c) {
        return c.engine().access(spec(c).target().name());
    }

    static SandboxServer server(StepContext<MssqlEngine> c) {
        return new SandboxServer(sandbox(c));
    }

    static Path folder(StepContext<MssqlEngine> c) {
        return Path.of(spec(c).folder());
    }

    static CloneNames names(StepContext<MssqlEngine> c) {
        return new CloneNames(c.run());
    }

    /** The copy of the step's database. */
    static SqlName copy(StepContext<MssqlEngine> c) {
        return names(c).database(c.params().string(DATABASE), c.params().integer(NUMBER));
    }

    /** The backup of the step's database. */
    static String file(StepContext<MssqlEngine> c) {
        return names(c).backup(c.params().integer(NUMBER));
    }

    /** What a process that is gone has left under way: the server notices that, or comes to its end. */
    static Blocked goesOn(String what) {
        return new Blocked(what + " goes on", "its end", "the server, once it has ended it or broken it off", RECHECK);
    }
}
