package io.gds.database.testkit.mssql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a distributed group, which only the primaries of its two groups have: its replicas are groups, the first one's primary knows both
 * of them and the databases of the second, the second one's knows itself. For whoever is inside of a change.
 *
 * <p>Source: Distributed availability groups (SQL Server), View distributed availability group information.
 */
final class DistributedRows {
    private static final List<String> HEALTH = List.of("NOT_HEALTHY", "PARTIALLY_HEALTHY", "HEALTHY");

    private final GroupModel group;

    DistributedRows(GroupModel group) {
        this.group = group;
    }

    List<List<@Nullable Object>> rows(HadrView view, Replica local) {
        DistributedLink link = group.link();
        if (link == null || group.primary() != local) {
            return List.of();
        }
        return switch (view) {
            case AVAILABILITY_GROUPS -> List.of(itself(link));
            case AVAILABILITY_REPLICAS -> List.of(half(link, link.first()), half(link, link.second()));
            case DM_HADR_AVAILABILITY_REPLICA_STATES -> states(link);
            case DM_HADR_DATABASE_REPLICA_STATES -> databases(link, local);
            default -> List.of();
        };
    }

    private static List<@Nullable Object> itself(DistributedLink link) {
        return Relation.row(
                link.id(),
                link.name(),
                null,
                null,
                null,
                null,
                null,
                null,
                1,
                false,
                false,
                false,
                true,
                0,
                "wsfc",
                0,
                1,
                false);
    }

    private static List<@Nullable Object> half(DistributedLink link, GroupModel half) {
        GroupConfig.Listener listener = half.config().listener();
        String name = half.config().name();
        return Relation.row(
                link.id(name),
                link.id(),
                null,
                name,
                CatalogueRows.endpoint(listener == null ? name : listener.dnsName()),
                link.mode().number(),
                link.mode().name(),
                FailoverMode.MANUAL.number(),
                FailoverMode.MANUAL.name(),
                10,
                2,
                "ALL",
                2,
                "ALL",
                null,
                null,
                null,
                null,
                0,
                "AUTOMATIC");
    }

    private List<List<@Nullable Object>> states(DistributedLink link) {
        List<List<@Nullable Object>> out = new ArrayList<>();
        if (group == link.first()) {
            out.add(state(link, link.first(), ReplicaRole.PRIMARY, true, 2));
        }
        out.add(state(link, link.second(), ReplicaRole.SECONDARY, group.isForwarding(), health(link)));
        return out;
    }

    private static List<@Nullable Object> state(
            DistributedLink link, GroupModel half, ReplicaRole role, boolean isLocal, int health) {
        boolean connected = role == ReplicaRole.PRIMARY || link.isConnected();
        boolean known = isLocal || connected;
        return Relation.row(
                link.id(half.config().name()),
                link.id(),
                isLocal,
                known ? role.number() : null,
                known ? role.name() : null,
                isLocal ? 2 : null,
                isLocal ? "ONLINE" : null,
                connected ? 1 : 0,
                connected ? "CONNECTED" : "DISCONNECTED",
                isLocal ? 1 : null,
                isLocal ? "ONLINE" : null,
                health,
                HEALTH.get(health),
                connected ? null : GroupErrors.CONNECTION_LOST,
                connected ? null : GroupErrors.text(GroupErrors.CONNECTION_LOST, link.name()),
                null);
    }

    private static int health(DistributedLink link) {
        Replica forwarder = link.second().primary();
        return forwarder == null
                ? 0
                : forwarder.databases().stream()
                        .mapToInt(d -> health(link, d))
                        .min()
                        .orElse(2);
    }

    private static int health(DistributedLink link, ReplicaDatabase d) {
        return switch (link.state(d)) {
            case SYNCHRONIZED -> 2;
            case SYNCHRONIZING -> link.mode() == AvailabilityMode.SYNCHRONOUS_COMMIT ? 1 : 2;
            default -> 0;
        };
    }

    private List<List<@Nullable Object>> databases(DistributedLink link, Replica local) {
        Replica forwarder = link.second().primary();
        return forwarder == null
                ? List.of()
                : forwarder.databases().stream()
                        .map(d -> database(link, local, forwarder, d))
                        .toList();
    }

    private List<@Nullable Object> database(DistributedLink link, Replica local, Replica forwarder, ReplicaDatabase d) {
        SynchronizationState sync = link.state(d);
        int health = health(link, d);
        SuspendReason suspended = d.suspended();
        boolean online = DatabaseRows.isOnline(forwarder, d);
        LogRecord last = d.lastRedone();
        GroupConfig first = link.first().config();
        return Relation.row(
                local.instance().databaseId(d.name()),
                link.id(),
                link.id(link.second().config().name()),
                first.id("database", d.name()),
                group.isForwarding(),
                false,
                sync.number(),
                sync.text(),
                false,
                health,
                HEALTH.get(health),
                online ? 0 : 2,
                online ? "ONLINE" : "RECOVERING",
                suspended != null,
                suspended == null ? null : suspended.number(),
                suspended == null ? null : suspended.text(),
                DatabaseRows.lsn(0),
                DatabaseRows.lsn(0),
                DatabaseRows.lsn(d.end()),
                Relation.time(d.receivedAt()),
                DatabaseRows.lsn(d.end()),
                Relation.time(d.receivedAt()),
                DatabaseRows.lsn(d.end()),
                Relation.time(d.receivedAt()),
                DatabaseRows.lsn(d.redone()),
                Relation.time(d.receivedAt()),
                DatabaseRows.whole(link.missing(d)),
                DatabaseRows.whole(d.sendRate()),
                DatabaseRows.whole(d.end() - d.redone()),
                DatabaseRows.whole(d.redoRate()),
                0L,
                DatabaseRows.lsn(d.end()),
                DatabaseRows.lsn(last == null ? 0 : last.end()),
                Relation.time(last == null ? first.created() : last.at()),
                0L,
                null,
                null,
                null);
    }
}
