package io.gds.engine.postgres.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.engine.postgres.internal.PostgresEngine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Questions to every member. */
final class MemberChecks {
    /** The server's words both for a value that is wrong and for one that is right and waits for a restart. */
    private static final String NOT_APPLIED =
            "(SELECT * FROM pg_file_settings WHERE error = 'setting could not be applied')"
                    + " f JOIN pg_settings s USING (name)";

    private static final List<Check> CHECKS = List.of(
            Check.ack(
                    "PG-PENDING-RESTART",
                    "SELECT format('%s = %s', name, setting) AS what FROM pg_settings WHERE pending_restart UNION ALL"
                            + " SELECT format('%s = %s, not loaded yet', name, f.setting) FROM " + NOT_APPLIED
                            + " WHERE s.context = 'postmaster' AND NOT s.pending_restart AND s.source <> 'command line'",
                    "no setting that this restart would activate",
                    "restart for it on purpose first, or take it back."),
            Check.block(
                    "PG-CONFIG-ERROR",
                    "SELECT format('%s line %s: %s: %s', sourcefile, sourceline, name, error) AS what FROM pg_file_settings"
                            + " WHERE error IS NOT NULL AND error <> 'setting could not be applied' UNION ALL"
                            + " SELECT format('%s line %s: %s: %s', f.sourcefile, f.sourceline, name, f.error) FROM "
                            + NOT_APPLIED + " WHERE s.context <> 'postmaster'",
                    "configuration files without errors",
                    "correct the line; a restart would fail on it."),
            Check.block(
                    "PG-HBA-ERROR",
                    "SELECT format('line %s: %s', line_number, error) AS what FROM pg_hba_file_rules WHERE error IS NOT NULL",
                    "pg_hba.conf without errors",
                    "correct the line."),
            Check.ack(
                            "PG-COLLATION-DATABASE",
                            "SELECT format('%s: %s, now %s', datname, datcollversion, pg_database_collation_actual_version(oid)) AS"
                                    + " what FROM pg_database WHERE datcollversion IS DISTINCT FROM"
                                    + " pg_database_collation_actual_version(oid)",
                            "the collation version that indexes were built with",
                            "reindex what depends on it, then ALTER DATABASE ... REFRESH COLLATION VERSION.")
                    .since(150000),
            Check.ack(
                    "PG-COLLATION",
                    "SELECT format('%s: %s, now %s', collname, collversion, pg_collation_actual_version(oid)) AS what FROM"
                            + " pg_collation WHERE collversion IS DISTINCT FROM pg_collation_actual_version(oid)",
                    "the collation version that indexes were built with",
                    "reindex what depends on it, then ALTER COLLATION ... REFRESH VERSION."));

    private static final List<Check> FOLLOWER = List.of(Check.block(
            "PG-REPLAY-PAUSED",
            "SELECT 'replay is paused' AS what WHERE pg_is_in_recovery() AND pg_is_wal_replay_paused()",
            "replay that goes on",
            "SELECT pg_wal_replay_resume(), when it was not paused on purpose."));

    private static final String PARITY =
            "SELECT name, setting FROM pg_settings WHERE name IN ('max_connections', 'max_worker_processes',"
                    + " 'max_wal_senders', 'max_prepared_transactions', 'max_locks_per_transaction')";

    private final PostgresEngine engine;

    MemberChecks(PostgresEngine engine) {
        this.engine = engine;
    }

    List<Finding> findings(Collection<Member> members, String primary) {
        Map<String, Long> needed = limits(primary);
        return Together.look(members, m -> findings(m, needed, primary));
    }

    private List<Finding> findings(Member m, Map<String, Long> needed, String primary) {
        List<Finding> out = new ArrayList<>(Checks.ask(engine, m.name(), CHECKS));
        if (m.role() != MemberRole.PRIMARY) {
            out.addAll(Checks.ask(engine, m.name(), FOLLOWER));
            parity(m.name(), needed, primary, out);
        }
        return out;
    }

    private void parity(String member, Map<String, Long> limits, String primary, List<Finding> out) {
        Map<String, Long> own = limits(member);
        limits.forEach((name, needed) -> {
            long has = own.getOrDefault(name, 0L);
            if (has < needed) {
                out.add(Finding.block(
                        "PG-LIMIT-BELOW-PRIMARY",
                        member,
                        name + " = " + has,
                        "at least " + needed + ", as on " + primary,
                        "raise it on " + member + "; a restart of it would stop in recovery."));
            }
        });
    }

    private Map<String, Long> limits(String member) {
        return engine.connections().onMember(member, s -> {
            Map<String, Long> out = new TreeMap<>();
            s.query(PARITY, r -> out.put(r.text("name"), Long.parseLong(r.text("setting"))));
            return out;
        });
    }
}
