package io.gds.engine.mssql.internal.kernel;

import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import io.gds.engine.mssql.internal.sql.SqlRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The votes of a Windows cluster, as an instance in it sees them.
 *
 * <p>Source: sys.dm_hadr_cluster_members.
 */
public final class Quorum {
    private static final String MEMBERS =
            "SELECT member_name, member_state, number_of_quorum_votes FROM sys.dm_hadr_cluster_members";

    private record Voter(String name, boolean up, long votes) {
        static Voter of(SqlRow row) throws SQLException {
            return new Voter(
                    row.text("member_name"),
                    row.number("member_state").orElse(0) == 1,
                    row.number("number_of_quorum_votes").orElse(0));
        }
    }

    private final List<Voter> voters;

    private Quorum(List<Voter> voters) {
        this.voters = voters;
    }

    /** As an instance sees it; without voters where it is in no Windows cluster. */
    public static Quorum seenBy(MssqlEngine engine, String instance) {
        return new Quorum(engine.access(instance).call("reading the votes", s -> SqlQuery.rows(s, MEMBERS, Voter::of)));
    }

    /** What would be wrong without a node, in words; empty when more than half of the votes would be left. */
    public Optional<String> without(String node) {
        long all = voters.stream().mapToLong(Voter::votes).sum();
        long left = voters.stream()
                .filter(v -> v.up() && !v.name().equalsIgnoreCase(node))
                .mapToLong(Voter::votes)
                .sum();
        return all == 0 || 2 * left > all
                ? Optional.empty()
                : Optional.of("without " + node + " the cluster has " + left + " of " + all + " votes");
    }
}
