package io.gds.database.core.internal.journal;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.plan.PlanTarget;
import io.gds.database.spi.HistoryView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The history's tables on SQLite. */
final class SqliteHistory implements HistoryStore {
    private static final List<String> OWN = List.of("run_heads", "run_steps", "run_targets");

    private final Sqlite db;

    SqliteHistory(Sqlite db) {
        this.db = db;
    }

    /** Notes the servers of a plan. Inside of the transaction that creates its run. */
    void seen(Plan plan, Instant now) {
        Set<String> servers =
                plan.targets().stream().map(PlanTarget::server).collect(Collectors.toCollection(LinkedHashSet::new));
        for (String server : servers) {
            db.update(
                    "INSERT INTO servers(name, first_seen_at, last_seen_at) VALUES (?,?,?)"
                            + " ON CONFLICT(name) DO UPDATE SET last_seen_at=excluded.last_seen_at",
                    server,
                    now.toString(),
                    now.toString());
        }
    }

    @Override
    public void define(String engine, Collection<HistoryView> views) {
        for (HistoryView view : views) {
            String wanted = ViewSql.create(engine, view);
            if (OWN.contains(view.name())) {
                throw new IllegalArgumentException("view " + view.name() + ": the name is the history's own");
            }
            if (!wanted.equals(sql(view.name()))) {
                db.transaction(() -> {
                    db.execute("DROP VIEW IF EXISTS " + view.name());
                    db.execute(wanted);
                    return view;
                });
            }
        }
    }

    private String sql(String view) {
        return db
                .query(
                        "SELECT sql FROM sqlite_master WHERE type='view' AND name=?",
                        rs -> String.valueOf(rs.getString(1)),
                        view)
                .stream()
                .findFirst()
                .orElse("");
    }

    private List<String> views() {
        return db.query("SELECT name FROM sqlite_master WHERE type='view' ORDER BY name", rs -> rs.getString(1));
    }

    private List<String> columns(String view) {
        return db.query("SELECT name FROM pragma_table_info(?) ORDER BY cid", rs -> rs.getString(1), view);
    }

    @Override
    public List<Params> rows(String view, Map<String, String> filter) {
        if (!views().contains(view)) {
            throw unknown("view", view, views());
        }
        List<String> columns = columns(view);
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        filter.forEach((column, value) -> {
            if (!columns.contains(column)) {
                throw unknown("column of " + view, column, columns);
            }
            conditions.add("lower(\"" + column + "\") = ?");
            values.add(value.toLowerCase(Locale.ROOT));
        });
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        String order = columns.contains("ord") ? ", ord" : "";
        return db.query(
                "SELECT * FROM " + view + where + " ORDER BY run" + order, rs -> row(columns, rs), values.toArray());
    }

    private static Params row(List<String> columns, ResultSet rs) throws SQLException {
        Params row = Params.empty();
        for (int i = 0; i < columns.size(); i++) {
            Object value = rs.getObject(i + 1);
            if (value != null) {
                row = row.with(columns.get(i), value);
            }
        }
        return row;
    }

    private static GdsDatabaseException unknown(String what, String name, List<String> known) {
        return GdsDatabaseException.user("GDS-HISTORY-VIEW")
                .message("history: found " + what + " \"" + name + "\", expected one of " + String.join(", ", known)
                        + ".")
                .remedy("name one of them; the views of an engine are there when its module is.")
                .build();
    }

    @Override
    public List<Params> servers() {
        return db.query(
                "SELECT name, is_active, first_seen_at, last_seen_at FROM servers ORDER BY name",
                rs -> Params.of("name", rs.getString(1), "isActive", rs.getBoolean(2))
                        .with("firstSeenAt", rs.getString(3))
                        .with("lastSeenAt", rs.getString(4)));
    }

    @Override
    public boolean activate(String server, boolean active) {
        return db.update("UPDATE servers SET is_active=? WHERE name=?", active ? 1 : 0, server) > 0;
    }
}
