package io.gds.engine.postgres.internal.topology;

import io.gds.database.topology.MemberRole;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.internal.config.MemberSpec;
import io.gds.engine.postgres.internal.sql.Row;
import io.gds.engine.postgres.internal.sql.Session;
import io.gds.engine.postgres.internal.sql.SqlErrors;
import io.gds.engine.postgres.internal.topology.MemberFacts.Receiver;
import io.gds.engine.postgres.internal.topology.MemberFacts.Sender;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks one member about itself. PostgreSQL 13 to 18 answer the same questions. */
final class MemberProbe {
    /**
     * A primary's timeline is that of the WAL it writes: after a promotion pg_control keeps the old one until the next
     * checkpoint. CASE keeps each function from being called in the role that refuses it.
     */
    private static final String SELF =
            """
            SELECT current_setting('server_version') AS version,
                   pg_is_in_recovery() AS recovery,
                   (SELECT setting FROM pg_settings WHERE name = 'recovery_min_apply_delay') AS delay,
                   s.system_identifier::text AS system_id,
                   CASE WHEN pg_is_in_recovery() THEN NULL ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END AS wal_tli,
                   c.timeline_id AS control_tli,
                   (SELECT received_tli FROM pg_stat_wal_receiver) AS received_tli,
                   pg_postmaster_start_time() AS started_at,
                   pg_last_wal_replay_lsn()::text AS replay_lsn,
                   pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint AS replayed,
                   pg_last_wal_receive_lsn()::text AS receive_lsn
              FROM pg_control_system() s, pg_control_checkpoint() c
            """;

    private static final String RECEIVER =
            "SELECT status, sender_host, sender_port, slot_name, conninfo FROM pg_stat_wal_receiver";

    /** A base backup has a row too, and so has a logical subscriber: neither is a standby. */
    private static final String SENDERS =
            """
            SELECT r.application_name, host(r.client_addr) AS address, r.state, r.sync_state, s.slot_name
              FROM pg_stat_replication r LEFT JOIN pg_replication_slots s ON s.active_pid = r.pid
             WHERE coalesce(s.slot_type, 'physical') = 'physical' AND r.state IS DISTINCT FROM 'backup'
            """;

    private static final String WRONG_ROLE = "55000";
    private static final Pattern APPLICATION_NAME =
            Pattern.compile("(?:^|\\s)application_name\\s*=\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|(\\S+))");
    private static final Pattern FALLBACK_NAME =
            Pattern.compile("fallback_application_name\\s*=\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|(\\S+))");

    private MemberProbe() {}

    static MemberFacts ask(MemberSpec member, Session session) throws SQLException {
        try {
            return askOnce(member, session);
        } catch (SQLException e) {
            // The role changed between two functions of one query.
            if (SqlErrors.state(e).equals(WRONG_ROLE)) {
                return askOnce(member, session);
            }
            throw e;
        }
    }

    private static MemberFacts askOnce(MemberSpec member, Session session) throws SQLException {
        Optional<Receiver> receiver = session.first(RECEIVER, MemberProbe::receiver);
        List<Sender> senders = session.query(SENDERS, MemberProbe::sender);
        return session.one(SELF, row -> facts(member, row, receiver, senders));
    }

    private static MemberFacts facts(MemberSpec member, Row row, Optional<Receiver> receiver, List<Sender> senders)
            throws SQLException {
        boolean recovery = row.flag("recovery");
        return new MemberFacts(
                member,
                EngineVersion.parse(row.text("version").split(" ", 2)[0]),
                role(recovery, row.text("delay")),
                row.text("system_id"),
                timeline(row, recovery),
                row.instant("started_at").orElse(Instant.EPOCH),
                recovery ? row.optionalNumber("replayed") : OptionalLong.empty(),
                recovery ? row.optionalText("replay_lsn") : Optional.empty(),
                recovery ? row.optionalText("receive_lsn") : Optional.empty(),
                receiver,
                senders);
    }

    private static MemberRole role(boolean recovery, String delay) {
        if (!recovery) {
            return MemberRole.PRIMARY;
        }
        // A delayed standby is there to look back, not to take over.
        return delay.isEmpty() || delay.equals("0") ? MemberRole.STANDBY : MemberRole.REPLICA;
    }

    private static OptionalLong timeline(Row row, boolean recovery) throws SQLException {
        if (!recovery) {
            return OptionalLong.of(Long.parseLong(row.text("wal_tli"), 16));
        }
        OptionalLong received = row.optionalNumber("received_tli");
        return received.isPresent() ? received : row.optionalNumber("control_tli");
    }

    private static Receiver receiver(Row row) throws SQLException {
        return new Receiver(
                row.text("status"),
                row.text("sender_host"),
                (int) row.number("sender_port"),
                row.text("slot_name"),
                applicationName(row.text("conninfo")));
    }

    private static Sender sender(Row row) throws SQLException {
        return new Sender(
                row.text("application_name"),
                row.text("address"),
                row.text("state"),
                row.text("sync_state"),
                row.text("slot_name"));
    }

    /** What a receiver calls itself, out of its connection string. */
    static String applicationName(String conninfo) {
        Matcher own = APPLICATION_NAME.matcher(conninfo);
        if (own.find()) {
            return value(own);
        }
        Matcher fallback = FALLBACK_NAME.matcher(conninfo);
        return fallback.find() ? value(fallback) : "";
    }

    private static String value(Matcher m) {
        String quoted = m.group(1);
        return quoted == null ? m.group(2) : quoted.replaceAll("\\\\(.)", "$1");
    }
}
