package io.gds.engine.mssql.internal.steps;

import io.gds.database.plan.Params;
import io.gds.engine.mssql.internal.group.GroupConfig;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.ReplicaRow;
import java.util.Optional;

/**
 * Something that is set for a group or one of its replicas.
 *
 * @param group the group
 * @param replica what the replica's instance calls itself; empty for something of the group
 * @param option its name, as in the statement
 * @param value what it is, or is to be
 */
record Setting(String group, String replica, Option option, String value) {
    /** What can be set. */
    enum Option {
        FAILOVER_MODE,
        AVAILABILITY_MODE,
        REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT,
        AUTOMATED_BACKUP_PREFERENCE
    }

    /** What it is now; empty when there is no such replica, or nobody to ask. */
    Optional<String> now(GroupView view) {
        Optional<ReplicaRow> row = view.replicas().stream()
                .filter(r -> r.server().equalsIgnoreCase(replica))
                .findFirst();
        Optional<GroupConfig> config = view.config();
        return switch (option) {
            case FAILOVER_MODE -> row.map(r -> r.failover().name());
            case AVAILABILITY_MODE -> row.map(r -> r.mode().name());
            case REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT -> config.map(c -> String.valueOf(c.required()));
            case AUTOMATED_BACKUP_PREFERENCE -> config.map(c -> c.backups().name());
        };
    }

    /** The same with another value. */
    Setting to(String other) {
        return new Setting(group, replica, option, other);
    }

    /** Whether both are about the same thing. */
    boolean isAbout(Setting other) {
        return group.equalsIgnoreCase(other.group) && replica.equalsIgnoreCase(other.replica) && option == other.option;
    }

    Params document() {
        return Params.of("group", group, "replica", replica, "option", option.name())
                .with("value", value);
    }

    static Setting fromDocument(Params p) {
        return new Setting(
                p.string("group"), p.string("replica"), Option.valueOf(p.string("option")), p.string("value"));
    }

    @Override
    public String toString() {
        return option + " of " + group + (replica.isEmpty() ? "" : " on " + replica) + " to " + value;
    }
}
