package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an instance has of a group: the way of its sessions to it. Thread-safe. */
final class LocalGroup {
    private final GroupModel group;
    private final Replica local;
    private final RoleChanges roles;
    private final GroupCommands commands;
    private final GroupViews views;

    LocalGroup(GroupModel group, Replica local, RoleChanges roles) {
        this.group = group;
        this.local = local;
        this.roles = roles;
        this.commands = new GroupCommands(group, roles);
        this.views = new GroupViews(group);
    }

    String name() {
        return group.config().name();
    }

    boolean has(String database) {
        return local.database(database) != null;
    }

    void started() {
        change(() -> roles.started(local));
    }

    void stopped() {
        change(() -> roles.stopped(local));
    }

    private void change(Runnable work) {
        group.change(() -> {
            work.run();
            return true;
        });
    }

    List<List<@Nullable Object>> rows(HadrView view) {
        return group.change(() -> views.rows(view, local));
    }

    /** A row of sys.databases for each. */
    record DatabaseState(String name, int number, String state, UUID replica, UUID groupDatabase) {}

    Map<String, DatabaseState> databases() {
        return group.change(() -> {
            Map<String, DatabaseState> out = new LinkedHashMap<>();
            for (ReplicaDatabase d : local.databases()) {
                boolean online = DatabaseRows.isOnline(local, d);
                out.put(
                        d.name().toLowerCase(Locale.ROOT),
                        new DatabaseState(
                                d.name(),
                                online ? 0 : d.isRecovering() ? 2 : 3,
                                online ? "ONLINE" : DatabaseRows.stateText(d),
                                local.id(),
                                group.config().id("database", d.name())));
            }
            return out;
        });
    }

    /**
     * Whether a client may use a database here.
     *
     * @throws SqlFailure 976, 978, 983, 988 or 922 when it may not
     */
    void open(String database, boolean readOnlyIntent) throws SqlFailure {
        group.change(() -> {
            check(database, readOnlyIntent);
            return true;
        });
    }

    private void check(String database, boolean readOnlyIntent) throws SqlFailure {
        if (!group.hasQuorum()) {
            throw AccessErrors.noQuorum(database);
        }
        ReplicaDatabase copy = local.database(database);
        if (local.role() == ReplicaRole.RESOLVING || copy == null) {
            throw AccessErrors.resolving(database);
        }
        if (local.role() == ReplicaRole.PRIMARY) {
            if (copy.isRecovering()) {
                throw AccessErrors.recovering(database);
            }
            if (!group.isForwarding()) {
                return;
            }
        }
        SecondaryConnections who = local.settings().connections();
        if (who == SecondaryConnections.NO || isAheadOfThePrimary()) {
            throw AccessErrors.notReadable(database);
        }
        if (who == SecondaryConnections.READ_ONLY && !readOnlyIntent) {
            throw AccessErrors.onlyReadIntent(database);
        }
    }

    /** After the upgrade of a secondary to another major, nobody reads it until it is primary. */
    private boolean isAheadOfThePrimary() {
        Replica primary = group.primary();
        return primary != null
                && new ServerVersion(local.instance().version()).major()
                        > new ServerVersion(primary.instance().version()).major();
    }

    /** Carries out {@code ALTER AVAILABILITY GROUP}. */
    void alter(SqlStatement.Change change, Client client) throws SqlFailure, InterruptedException {
        commands.hold(client.lockTimeout());
        group.change(() -> {
            commands.alter(local, change, client);
            return true;
        });
    }

    /** Carries out {@code ALTER DATABASE SET HADR}. */
    void setHadr(String database, boolean resume, Client client) throws SqlFailure, InterruptedException {
        commands.hold(client.lockTimeout());
        group.change(() -> {
            ReplicaDatabase copy = local.database(database);
            if (copy == null) {
                throw GroupErrors.notJoined(database);
            }
            commands.setHadr(local, copy, resume);
            return true;
        });
    }

    /** The changes that can be read here, oldest first. */
    List<LogRecord.Change> changes(String database) {
        return group.change(() -> {
            List<LogRecord.Change> out = new ArrayList<>();
            ReplicaDatabase copy = local.database(database);
            if (copy == null) {
                return out;
            }
            boolean isPrimary = group.primary() == local && !group.isForwarding();
            for (LogRecord record : copy.log()) {
                if (isPrimary ? record.isDone() : record.end() <= copy.redone()) {
                    out.addAll(record.changes());
                }
            }
            return out;
        });
    }

    /** Whether a database may be written to here. */
    void checkWritable(String database) throws SqlFailure {
        group.change(() -> {
            if (group.primary() != local || group.isForwarding()) {
                throw AccessErrors.readOnly(database);
            }
            return true;
        });
    }

    /** Commits, and comes back when that is over. */
    void commit(String database, List<? extends LogRecord.Change> changes) throws SqlFailure, InterruptedException {
        group.movement().commits().commit(local, database, changes);
    }
}
