package io.gds.engine.postgres.internal.traffic;

import io.gds.database.spi.BracketDraft;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.pooler.PoolerActions;
import java.util.ArrayList;
import java.util.List;

/** How the application is made to wait for a moment instead of failing. */
public final class Traffic {
    private Traffic() {}

    /** The urgent brackets around a moment without a primary; empty when nothing stands in between. */
    public static List<BracketDraft> brackets(PostgresSpec spec) {
        List<BracketDraft> out = new ArrayList<>();
        if (!spec.poolers().isEmpty()) {
            out.add(PoolerActions.bracket());
        }
        return out;
    }
}
