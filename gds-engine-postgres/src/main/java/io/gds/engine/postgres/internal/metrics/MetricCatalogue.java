package io.gds.engine.postgres.internal.metrics;

import java.util.List;

/** What is measured, with the differences between PostgreSQL 13 and 18. */
final class MetricCatalogue {
    private static final int V14 = 140000;
    private static final int V17 = 170000;

    private static final String CONNECTIONS =
            """
            SELECT 'connections' AS metric, count(*)::float8 AS value, '1' AS unit, NULL::timestamptz AS since,
                   ARRAY['state', coalesce(state, 'unknown')] AS labels
              FROM pg_stat_activity WHERE backend_type = 'client backend' GROUP BY state
            UNION ALL
            SELECT 'connections.max', current_setting('max_connections')::float8, '1', NULL, '{}'
            UNION ALL
            SELECT 'transactions.oldest', extract(epoch FROM clock_timestamp() - min(xact_start))::float8, 'seconds', NULL, '{}'
              FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
            UNION ALL
            SELECT 'locks.waiting', count(*)::float8, '1', NULL, '{}' FROM pg_locks WHERE NOT granted
            UNION ALL
            SELECT 'uptime', extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())::float8, 'seconds', NULL, '{}'
            """;

    private static final String DATABASES =
            """
            SELECT v.metric, v.value, v.unit, CASE WHEN v.cumulative THEN d.stats_reset END AS since,
                   ARRAY['database', d.datname] AS labels
              FROM pg_stat_database d,
                   LATERAL (VALUES
                     ('transactions.committed', d.xact_commit::float8, '1', true),
                     ('transactions.rolled_back', d.xact_rollback::float8, '1', true),
                     ('blocks.read', d.blks_read::float8, '1', true),
                     ('blocks.hit', d.blks_hit::float8, '1', true),
                     ('cache.hit_ratio', d.blks_hit::float8 / nullif(d.blks_hit + d.blks_read, 0), 'ratio', true),
                     ('tuples.returned', d.tup_returned::float8, '1', true),
                     ('tuples.fetched', d.tup_fetched::float8, '1', true),
                     ('tuples.inserted', d.tup_inserted::float8, '1', true),
                     ('tuples.updated', d.tup_updated::float8, '1', true),
                     ('tuples.deleted', d.tup_deleted::float8, '1', true),
                     ('conflicts', d.conflicts::float8, '1', true),
                     ('deadlocks', d.deadlocks::float8, '1', true),
                     ('temporary.files', d.temp_files::float8, '1', true),
                     ('temporary.bytes', d.temp_bytes::float8, 'bytes', true),
                     ('checksum.failures', d.checksum_failures::float8, '1', true),
                     ('sessions', d.numbackends::float8, '1', false)
                   ) AS v(metric, value, unit, cumulative)
             WHERE d.datname IS NOT NULL
            """;

    private static final String SIZES =
            """
            SELECT v.metric, v.value, v.unit, NULL::timestamptz AS since, ARRAY['database', d.datname] AS labels
              FROM pg_database d,
                   LATERAL (VALUES
                     ('database.size', CASE WHEN has_database_privilege(d.oid, 'CONNECT')
                                              OR pg_has_role('pg_read_all_stats', 'USAGE')
                                            THEN pg_database_size(d.oid)::float8 END, 'bytes'),
                     ('transaction.age', age(d.datfrozenxid)::float8, 'transactions'),
                     ('multixact.age', mxid_age(d.datminmxid)::float8, 'transactions')
                   ) AS v(metric, value, unit)
            """;

    private static final String CHECKPOINTS_OLD =
            """
            SELECT v.metric, v.value, v.unit, b.stats_reset AS since, '{}'::text[] AS labels
              FROM pg_stat_bgwriter b,
                   LATERAL (VALUES
                     ('checkpoints.timed', b.checkpoints_timed::float8, '1'),
                     ('checkpoints.requested', b.checkpoints_req::float8, '1'),
                     ('checkpoints.write_time', b.checkpoint_write_time, 'ms'),
                     ('checkpoints.sync_time', b.checkpoint_sync_time, 'ms'),
                     ('buffers.checkpoint', b.buffers_checkpoint::float8, '1'),
                     ('buffers.cleaned', b.buffers_clean::float8, '1'),
                     ('buffers.allocated', b.buffers_alloc::float8, '1')
                   ) AS v(metric, value, unit)
            """;

    private static final String CHECKPOINTS =
            """
            SELECT v.metric, v.value, v.unit, v.since, '{}'::text[] AS labels
              FROM pg_stat_checkpointer c, pg_stat_bgwriter b,
                   LATERAL (VALUES
                     ('checkpoints.timed', c.num_timed::float8, '1', c.stats_reset),
                     ('checkpoints.requested', c.num_requested::float8, '1', c.stats_reset),
                     ('checkpoints.write_time', c.write_time, 'ms', c.stats_reset),
                     ('checkpoints.sync_time', c.sync_time, 'ms', c.stats_reset),
                     ('buffers.checkpoint', c.buffers_written::float8, '1', c.stats_reset),
                     ('buffers.cleaned', b.buffers_clean::float8, '1', b.stats_reset),
                     ('buffers.allocated', b.buffers_alloc::float8, '1', b.stats_reset)
                   ) AS v(metric, value, unit, since)
            """;

    private static final String WAL =
            """
            SELECT v.metric, v.value, v.unit, w.stats_reset AS since, '{}'::text[] AS labels
              FROM pg_stat_wal w,
                   LATERAL (VALUES
                     ('wal.records', w.wal_records::float8, '1'),
                     ('wal.full_pages', w.wal_fpi::float8, '1'),
                     ('wal.bytes', w.wal_bytes::float8, 'bytes'),
                     ('wal.buffers_full', w.wal_buffers_full::float8, '1')
                   ) AS v(metric, value, unit)
            """;

    private static final String WAL_POSITION =
            """
            SELECT 'wal.position' AS metric, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS value, 'bytes' AS unit,
                   NULL::timestamptz AS since, '{}'::text[] AS labels
            """;

    private static final String ARCHIVER =
            """
            SELECT v.metric, v.value, '1' AS unit, a.stats_reset AS since, '{}'::text[] AS labels
              FROM pg_stat_archiver a,
                   LATERAL (VALUES ('archive.done', a.archived_count::float8), ('archive.failed', a.failed_count::float8))
                     AS v(metric, value)
            """;

    /** A follower that has said nothing yet has no lag, not a lag of zero: NULL is left out by the reader. */
    private static final String REPLICATION =
            """
            SELECT v.metric, v.value, v.unit, NULL::timestamptz AS since,
                   ARRAY['follower', r.application_name, 'state', r.state, 'sync_state', r.sync_state] AS labels
              FROM pg_stat_replication r,
                   LATERAL (VALUES
                     ('replication.lag.bytes', pg_wal_lsn_diff(pg_current_wal_lsn(), r.replay_lsn)::float8, 'bytes'),
                     ('replication.lag.time', extract(epoch FROM r.replay_lag)::float8, 'seconds')
                   ) AS v(metric, value, unit)
            UNION ALL
            SELECT 'replication.slot.retained', pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::float8, 'bytes', NULL,
                   ARRAY['slot', slot_name::text, 'active', active::text]
              FROM pg_replication_slots
            """;

    static final List<MetricQuery> ALL = List.of(
            MetricQuery.everywhere(CONNECTIONS),
            MetricQuery.everywhere(DATABASES),
            MetricQuery.everywhere(SIZES),
            MetricQuery.everywhere(CHECKPOINTS_OLD).until(V17),
            MetricQuery.everywhere(CHECKPOINTS).since(V17),
            MetricQuery.everywhere(WAL).since(V14),
            MetricQuery.onPrimary(WAL_POSITION),
            MetricQuery.everywhere(ARCHIVER),
            MetricQuery.onPrimary(REPLICATION));

    private MetricCatalogue() {}
}
