package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;

/** Reads what comes after {@code ALTER AVAILABILITY GROUP}. */
final class GroupChangeParser {
    private final SqlCursor in;

    GroupChangeParser(SqlCursor in) {
        this.in = in;
    }

    SqlStatement read() throws SqlFailure {
        return new SqlStatement.AlterGroup(in.name(), change());
    }

    private SqlStatement.Change change() throws SqlFailure {
        if (in.take("FAILOVER")) {
            return new SqlStatement.Failover(false);
        }
        if (in.take("FORCE_FAILOVER_ALLOW_DATA_LOSS")) {
            return new SqlStatement.Failover(true);
        }
        if (in.take("SET")) {
            in.symbol("(");
            SqlStatement.Change change = option();
            in.symbol(")");
            return change;
        }
        in.expect("MODIFY", "REPLICA", "ON");
        String replica = in.string();
        in.expect("WITH").symbol("(");
        SqlStatement.ReplicaOption option = replicaOption();
        in.symbol(")");
        return new SqlStatement.ModifyReplica(replica, option);
    }

    private SqlStatement.Change option() throws SqlFailure {
        if (in.take("REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT")) {
            in.symbol("=");
            return new SqlStatement.Required(in.number());
        }
        if (in.take("AUTOMATED_BACKUP_PREFERENCE")) {
            in.symbol("=");
            return new SqlStatement.Backup(in.oneOf(BackupPreference.class));
        }
        in.expect("ROLE").symbol("=").expect("SECONDARY");
        return new SqlStatement.Demote();
    }

    private SqlStatement.ReplicaOption replicaOption() throws SqlFailure {
        if (in.take("AVAILABILITY_MODE")) {
            in.symbol("=");
            return new SqlStatement.SetAvailability(in.oneOf(AvailabilityMode.class));
        }
        if (in.take("FAILOVER_MODE")) {
            in.symbol("=");
            return new SqlStatement.SetFailover(in.oneOf(FailoverMode.class));
        }
        if (in.take("SESSION_TIMEOUT")) {
            in.symbol("=");
            return new SqlStatement.SetTimeout(in.number());
        }
        in.expect("SECONDARY_ROLE").symbol("(").expect("ALLOW_CONNECTIONS").symbol("=");
        SecondaryConnections who = in.oneOf(SecondaryConnections.class);
        in.symbol(")");
        return new SqlStatement.SetConnections(who);
    }
}
