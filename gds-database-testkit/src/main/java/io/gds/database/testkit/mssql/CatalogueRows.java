package io.gds.database.testkit.mssql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rows of the views that say how a group is set up: the same on all its servers. For whoever is inside of a change. */
final class CatalogueRows {
    private final GroupModel group;

    CatalogueRows(GroupModel group) {
        this.group = group;
    }

    List<List<@Nullable Object>> groups() {
        GroupConfig config = group.config();
        List<List<@Nullable Object>> out = new ArrayList<>();
        out.add(Relation.row(
                config.id(),
                config.name(),
                config.id("resource").toString(),
                config.id("resource group").toString(),
                3,
                30000,
                group.backup().number(),
                group.backup().name(),
                1,
                config.isBasic(),
                false,
                false,
                false,
                config.type().number(),
                config.type().name().toLowerCase(Locale.ROOT),
                group.required(),
                group.sequence(),
                config.isContained()));
        return out;
    }

    List<List<@Nullable Object>> replicas() {
        GroupConfig config = group.config();
        List<List<@Nullable Object>> out = new ArrayList<>();
        for (Replica replica : group.replicas()) {
            ReplicaSettings settings = replica.settings();
            out.add(Relation.row(
                    replica.id(),
                    config.id(),
                    out.size() + 65536,
                    replica.name(),
                    endpoint(replica.instance().hostName()),
                    settings.availability().number(),
                    settings.availability().name(),
                    settings.failover().number(),
                    settings.failover().name(),
                    Math.toIntExact(settings.sessionTimeout().toSeconds()),
                    2,
                    "ALL",
                    settings.connections().number(),
                    settings.connections().name(),
                    Relation.time(config.created()),
                    Relation.time(config.created()),
                    settings.backupPriority(),
                    null,
                    1,
                    "MANUAL"));
        }
        return out;
    }

    static String endpoint(String host) {
        return "TCP://" + host + ":5022";
    }

    List<List<@Nullable Object>> databases() {
        GroupConfig config = group.config();
        List<List<@Nullable Object>> out = new ArrayList<>();
        group.replicas().stream()
                .filter(r -> r.settings().hasDatabases())
                .findFirst()
                .ifPresent(r -> r.databases()
                        .forEach(d -> out.add(Relation.row(config.id(), config.id("database", d.name()), d.name()))));
        return out;
    }

    List<List<@Nullable Object>> listeners() {
        GroupConfig config = group.config();
        GroupConfig.Listener listener = config.listener();
        return listener == null
                ? List.of()
                : List.of(Relation.row(
                        config.id(),
                        config.id("listener").toString(),
                        listener.dnsName(),
                        listener.port(),
                        true,
                        "('IP Address: 10.0.0.10')"));
    }

    /** Nothing without a quorum, and nothing in another cluster than one of Windows. */
    List<List<@Nullable Object>> cluster() {
        return isSeen()
                ? List.of(Relation.row(group.config().cluster(), 2, "NODE_AND_FILE_SHARE_MAJORITY", 1, "NORMAL_QUORUM"))
                : List.of();
    }

    List<List<@Nullable Object>> members() {
        List<List<@Nullable Object>> out = new ArrayList<>();
        if (!isSeen()) {
            return out;
        }
        for (Replica replica : group.replicas()) {
            boolean up = replica.instance().isHostUp();
            out.add(Relation.row(replica.instance().hostName(), 0, "CLUSTER_NODE", up ? 1 : 0, up ? "UP" : "DOWN", 1));
        }
        out.add(Relation.row("File Share Witness", 2, "FILE_SHARE_WITNESS", 1, "UP", 1));
        return out;
    }

    private boolean isSeen() {
        return group.hasQuorum() && group.config().type() == ClusterType.WSFC;
    }
}
