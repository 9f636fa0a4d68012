package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Commits on the primary: each is on its disk at once, and over when all secondaries that take part have hardened it, and as many as the
 * group requires. Until then the client waits. A commit whose client has gone away ends all the same, and nobody was told.
 */
final class Commits {
    private static final double KILOBYTES_OF_A_COMMIT = 1;

    /** A commit that somebody waits for. */
    record Waiting(LogRecord record, long epoch) {}

    private final GroupModel group;
    private final Map<String, List<LogRecord.NewRow>> acknowledged = new HashMap<>();

    Commits(GroupModel group) {
        this.group = group;
    }

    /**
     * Commits, and comes back when the client may be told so. Not for whoever is inside of a change.
     *
     * @throws SqlFailure when the replica is no longer the primary: whether the changes stay is open
     */
    void commit(Replica replica, String database, List<? extends LogRecord.Change> changes)
            throws SqlFailure, InterruptedException {
        Waiting waiting = group.change(() -> begin(replica, database, changes));
        boolean blocked = group.change(() -> isBlocked(replica, database, waiting.record()));
        group.lock().await(() -> isOver(waiting, database));
        group.change(() -> {
            acknowledge(database, waiting.record(), blocked);
            return true;
        });
    }

    private Waiting begin(Replica replica, String database, List<? extends LogRecord.Change> changes)
            throws SqlFailure {
        ReplicaDatabase copy = replica.database(database);
        if (group.primary() != replica || copy == null) {
            throw AccessErrors.resolving(database);
        }
        if (group.isForwarding()) {
            throw AccessErrors.readOnly(database);
        }
        return new Waiting(copy.append(changes, KILOBYTES_OF_A_COMMIT, group.now()), group.epoch());
    }

    private boolean isBlocked(Replica replica, String database, LogRecord record) {
        if (record.isDone() || group.primary() != replica) {
            return false;
        }
        group.log(new GroupEvent.CommitBlocked(group.now(), database, missing(replica, database, record)));
        return true;
    }

    private boolean isOver(Waiting waiting, String database) throws SqlFailure {
        if (waiting.record().isDone() && group.epoch() == waiting.epoch()) {
            return true;
        }
        if (group.epoch() != waiting.epoch()) {
            throw AccessErrors.resolving(database);
        }
        return false;
    }

    private void acknowledge(String database, LogRecord record, boolean blocked) {
        List<LogRecord.NewRow> rows = acknowledged.computeIfAbsent(key(database), d -> new ArrayList<>());
        for (LogRecord.Change change : record.changes()) {
            if (change instanceof LogRecord.NewRow row) {
                rows.add(row);
            }
        }
        if (blocked) {
            group.log(new GroupEvent.CommitReleased(group.now(), database));
        }
    }

    /** Ends the commits that need not wait any more; in a change. */
    void finishWhatCan(Replica primary) {
        for (ReplicaDatabase database : primary.databases()) {
            List<LogRecord> log = database.log();
            for (int i = log.size() - 1; i >= 0 && !log.get(i).isDone(); i--) {
                if (missing(primary, database.name(), log.get(i)).isEmpty()) {
                    log.get(i).done();
                }
            }
        }
    }

    /** The secondaries that a commit waits for. */
    private Set<String> missing(Replica primary, String database, LogRecord record) {
        Set<String> slow = new TreeSet<>();
        Set<String> away = new TreeSet<>();
        int hardened = 0;
        for (Replica replica : group.othersThan(primary)) {
            ReplicaDatabase copy = replica.database(database);
            if (copy == null || !DataMovement.isSynchronous(primary, replica)) {
                continue;
            }
            if (!copy.isSynced()) {
                away.add(replica.name());
            } else if (copy.end() < record.end()) {
                slow.add(replica.name());
            } else {
                hardened++;
            }
        }
        if (hardened < group.required()) {
            slow.addAll(away);
            if (slow.isEmpty()) {
                slow.add(primary.name()); // more are required than there are
            }
        }
        return slow;
    }

    /** The rows that a client was told are committed; in a change. */
    List<LogRecord.NewRow> acknowledged(String database) {
        return List.copyOf(acknowledged.getOrDefault(key(database), List.of()));
    }

    private static String key(String database) {
        return database.toLowerCase(Locale.ROOT);
    }
}
