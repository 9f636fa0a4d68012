package io.gds.samples.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether all standbys stream. A row in pg_stat_replication alone does not prove it: a diverged old primary has one too, in another state
 * and on the old timeline. A standby may stream from another standby.
 */
final class StreamingCheck implements Await.Check {
    private final EmbeddedCluster cluster;
    private String target = "";

    StreamingCheck(EmbeddedCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Optional<String> missing() throws SQLException {
        Member primary;
        try {
            primary = cluster.primary();
        } catch (EmbeddedClusterException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        Set<String> served = new HashSet<>();
        String timeline;
        try (Connection connection = primary.connect();
                Statement statement = connection.createStatement()) {
            if (target.isEmpty()) {
                target = EmbeddedCluster.text(statement, "SELECT pg_current_wal_lsn()");
            }
            timeline = EmbeddedCluster.text(
                    statement, "SELECT ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int");
            served.addAll(servedBy(statement));
        }
        List<String> missing = new ArrayList<>();
        for (Member standby : cluster.members()) {
            if (standby.equals(primary)) {
                continue;
            }
            if (!standby.isRunning()) {
                missing.add(standby.name() + " is down");
                continue;
            }
            try (Connection connection = standby.connect();
                    Statement statement = connection.createStatement()) {
                served.addAll(servedBy(statement));
                String receiver = EmbeddedCluster.text(
                        statement,
                        "SELECT status || ' on timeline ' || received_tli"
                                + " || CASE WHEN pg_last_wal_replay_lsn() >= '" + target
                                + "'::pg_lsn THEN '' ELSE ' behind ' || '" + target
                                + "' END FROM pg_stat_wal_receiver");
                if (!receiver.equals("streaming on timeline " + timeline)) {
                    missing.add(standby.name() + " is " + (receiver.isEmpty() ? "without a receiver" : receiver));
                }
            } catch (SQLException e) {
                missing.add(standby.name() + ": " + e.getMessage());
            }
        }
        for (Member standby : cluster.members()) {
            if (!standby.equals(primary) && !served.contains(standby.name())) {
                missing.add(standby.name() + " is served by nobody");
            }
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", missing));
    }

    private static Set<String> servedBy(Statement statement) throws SQLException {
        return EmbeddedCluster.texts(
                statement, "SELECT application_name FROM pg_stat_replication WHERE state = 'streaming'");
    }
}
