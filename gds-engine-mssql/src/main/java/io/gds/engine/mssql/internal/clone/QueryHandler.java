package io.gds.engine.mssql.internal.clone;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import java.util.Optional;

/** Asks a copy what an application would ask. The copy cannot be written to from here on. */
final class QueryHandler extends CloneStep {
    static final String NAME = "query";
    static final String SQL = "sql";
    static final String TIMEOUT = "timeout";

    private static final String ROWS = "rows";
    private static final String ERROR = "error";

    QueryHandler() {
        super(CloneActions.QUERY);
    }

    @Override
    public String describe(Params p) {
        return "make the copy of " + database(p) + " read-only and ask it: "
                + p.optionalString(SQL).orElse("the query");
    }

    @Override
    public Params apply(StepContext<MssqlEngine> c) {
        c.fence();
        server(c).freeze(copy(c));
        SmokeAnswer answer = SmokeAnswer.of(
                sandbox(c), copy(c), c.params().string(SQL), c.params().duration(TIMEOUT), c.cancellation());
        Params rows = Params.of(ROWS, answer.rows());
        return answer.error().map(e -> rows.with(ERROR, e)).orElse(rows);
    }

    @Override
    public Verdict verify(StepContext<MssqlEngine> c) {
        Optional<String> error = c.facts().optionalString(ERROR);
        return error.isEmpty() && c.facts().integer(ROWS) > 0
                ? Verdict.holds()
                : Verdict.broken(Finding.block(
                        "MSSQL-SMOKE-QUERY",
                        c.params().string(NAME),
                        error.orElse("no row") + ", asking the copy of "
                                + c.params().string(DATABASE),
                        "at least one row",
                        "ask production the same: what it answers there, it has to answer here."));
    }

    @Override
    public Probed probe(StepContext<MssqlEngine> c) {
        return Probed.notDone();
    }
}
