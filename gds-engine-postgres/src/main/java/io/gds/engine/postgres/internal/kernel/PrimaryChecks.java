package io.gds.engine.postgres.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.engine.postgres.internal.PostgresEngine;
import java.util.List;

/** Questions to the primary. */
final class PrimaryChecks {
    private static final List<Check> CHECKS = List.of(
            Check.block(
                    "PG-SLOT-LOST",
                    "SELECT format('slot %s is %s', slot_name, wal_status) AS what FROM pg_replication_slots WHERE wal_status"
                            + " IN ('lost', 'unreserved')",
                    "slots that hold their log",
                    "drop or re-create the slot, and its consumer with it."),
            Check.ack(
                    "PG-SLOT-IDLE",
                    "SELECT format('physical slot %s is inactive', slot_name) AS what FROM pg_replication_slots WHERE slot_type"
                            + " = 'physical' AND NOT active",
                    "no slot that nobody uses",
                    "drop the slot, or bring its follower back."),
            Check.ack(
                    "PG-LOGICAL-SLOT",
                    "SELECT format('logical slot %s of plugin %s in %s', slot_name, plugin, database) AS what FROM"
                            + " pg_replication_slots WHERE slot_type = 'logical' AND coalesce((to_jsonb(pg_replication_slots)"
                            + " ->> 'failover')::boolean, false) IS FALSE",
                    "no logical slot that a switchover would lose",
                    "make it a failover slot (17 and later), or re-create it and its consumer after the switchover."),
            Check.warn(
                    "PG-PREPARED-TRANSACTION",
                    "SELECT format('%s in %s since %s', gid, database, prepared) AS what FROM pg_prepared_xacts",
                    "no prepared transactions",
                    "commit or roll them back; they survive the switchover and hold locks."),
            Check.warn(
                    "PG-LONG-TRANSACTION",
                    "SELECT format('pid %s of %s in %s, %s, for %s', pid, usename, datname, state, clock_timestamp() -"
                            + " xact_start) AS what FROM pg_stat_activity WHERE backend_type = 'client backend' AND xact_start"
                            + " < clock_timestamp() - interval '15 s' AND pid <> pg_backend_pid()",
                    "no transaction older than 15 s",
                    "wait for it, or end it; the switchover breaks it."),
            Check.ack(
                    "PG-MAINTENANCE",
                    "SELECT format('vacuum in pid %s', pid) AS what FROM pg_stat_progress_vacuum UNION ALL SELECT"
                            + " format('index build in pid %s', pid) FROM pg_stat_progress_create_index UNION ALL SELECT"
                            + " format('cluster in pid %s', pid) FROM pg_stat_progress_cluster UNION ALL SELECT format('base"
                            + " backup in pid %s', pid) FROM pg_stat_progress_basebackup",
                    "no maintenance that a restart would break",
                    "wait until it has ended."),
            Check.ack(
                    "PG-ARCHIVER",
                    "SELECT format('last failure %s, last success %s', last_failed_time, last_archived_time) AS what FROM"
                            + " pg_stat_archiver WHERE current_setting('archive_mode') <> 'off' AND last_failed_time >"
                            + " coalesce(last_archived_time, '-infinity')",
                    "an archiver that succeeds",
                    "repair archive_command: a failing one makes the stop, and so the write gap, longer."),
            Check.warn(
                    "PG-INVALID-INDEX",
                    "SELECT indexrelid::regclass::text AS what FROM pg_index WHERE NOT (indisvalid AND indisready AND"
                            + " indislive)",
                    "no invalid index",
                    "drop or rebuild it."),
            Check.ack(
                    "PG-UNLOGGED",
                    "SELECT oid::regclass::text AS what FROM pg_class WHERE relpersistence = 'u' AND relkind IN ('r', 'S',"
                            + " 'm')",
                    "no unlogged table: it is empty after the switchover",
                    "make it logged, or acknowledge that its rows are lost."),
            Check.warn(
                    "PG-ADVISORY-LOCK",
                    "SELECT format('%s advisory locks', count(*)) AS what FROM pg_locks WHERE locktype = 'advisory' HAVING"
                            + " count(*) > 0",
                    "no session state that a switchover loses",
                    "make sure their owners take them again after a reconnect."),
            Check.block(
                    "PG-CHECKSUM-FAILURE",
                    "SELECT format('%s: %s', datname, checksum_failures) AS what FROM pg_stat_database WHERE"
                            + " checksum_failures > 0",
                    "no checksum failures",
                    "repair the storage and the data before anything else."),
            Check.warn(
                    "PG-WRAPAROUND",
                    "SELECT format('%s: age %s', datname, age(datfrozenxid)) AS what FROM pg_database WHERE"
                            + " age(datfrozenxid) > 1500000000",
                    "transaction ids younger than 1.5 billion",
                    "vacuum with freeze first."),
            Check.warn(
                    "PG-EXTENSION-OUTDATED",
                    "SELECT format('%s %s, %s is there', name, installed_version, default_version) AS what FROM"
                            + " pg_available_extensions WHERE installed_version IS NOT NULL AND installed_version <>"
                            + " default_version",
                    "extensions at their default version",
                    "run ALTER EXTENSION UPDATE after the patch; it has no way back."),
            Check.warn(
                    "PG-SUBSCRIPTION",
                    "SELECT format('subscription %s in %s', s.subname, d.datname) AS what FROM pg_subscription s JOIN"
                            + " pg_database d ON d.oid = s.subdbid WHERE s.subenabled",
                    "to be known",
                    "nothing; it goes on after the switchover."));

    private final PostgresEngine engine;

    PrimaryChecks(PostgresEngine engine) {
        this.engine = engine;
    }

    List<Finding> findings(String primary) {
        return Checks.ask(engine, primary, CHECKS);
    }
}
