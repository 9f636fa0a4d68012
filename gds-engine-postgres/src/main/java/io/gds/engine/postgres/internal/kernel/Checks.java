package io.gds.engine.postgres.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.engine.postgres.internal.PostgresEngine;
import java.util.ArrayList;
import java.util.List;

/** Asks a member a list of questions. */
final class Checks {
    private static final int SHOWN = 10;

    private Checks() {}

    static List<Finding> ask(PostgresEngine engine, String member, List<Check> checks) {
        return engine.connections().onMember(member, s -> {
            int version = s.serverVersion();
            List<Finding> out = new ArrayList<>();
            for (Check c : checks) {
                if (version < c.since()) {
                    continue;
                }
                List<String> rows = s.query(c.sql(), r -> r.text("what"));
                if (!rows.isEmpty()) {
                    String more = rows.size() > SHOWN ? " and " + (rows.size() - SHOWN) + " more" : "";
                    out.add(new Finding(
                            c.id(),
                            c.severity(),
                            member,
                            String.join("; ", rows.subList(0, Math.min(SHOWN, rows.size()))) + more,
                            c.expected(),
                            c.remedy()));
                }
            }
            return out;
        });
    }
}
