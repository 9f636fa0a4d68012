package io.gds.database.testkit.mssql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the views of one instance say of a group. For whoever is inside of a change. */
final class GroupViews {
    private final CatalogueRows catalogue;
    private final ReplicaRows replicas;
    private final DatabaseRows databases;
    private final DistributedRows distributed;

    GroupViews(GroupModel group) {
        this.catalogue = new CatalogueRows(group);
        this.replicas = new ReplicaRows(group);
        this.databases = new DatabaseRows(group);
        this.distributed = new DistributedRows(group);
    }

    /** As seen on the server of a replica; what a test has frozen there shows what was. */
    List<List<@Nullable Object>> rows(HadrView view, Replica local) {
        List<List<@Nullable Object>> frozen = local.frozen().get(view);
        return frozen == null ? now(view, local) : frozen;
    }

    private List<List<@Nullable Object>> now(HadrView view, Replica local) {
        List<List<@Nullable Object>> out = new ArrayList<>(ofTheGroup(view, local));
        out.addAll(distributed.rows(view, local));
        return out;
    }

    private List<List<@Nullable Object>> ofTheGroup(HadrView view, Replica local) {
        return switch (view) {
            case AVAILABILITY_GROUPS -> catalogue.groups();
            case AVAILABILITY_REPLICAS -> catalogue.replicas();
            case AVAILABILITY_DATABASES_CLUSTER -> catalogue.databases();
            case AVAILABILITY_GROUP_LISTENERS -> catalogue.listeners();
            case DM_HADR_AVAILABILITY_REPLICA_STATES -> replicas.states(local);
            case DM_HADR_DATABASE_REPLICA_STATES -> databases.states(local);
            case DM_HADR_DATABASE_REPLICA_CLUSTER_STATES -> databases.clusterStates(local);
            case DM_HADR_AVAILABILITY_REPLICA_CLUSTER_STATES -> replicas.clusterStates();
            case DM_HADR_AVAILABILITY_REPLICA_CLUSTER_NODES -> replicas.nodes();
            case DM_HADR_AVAILABILITY_GROUP_STATES -> replicas.group(local);
            case DM_HADR_CLUSTER -> catalogue.cluster();
            case DM_HADR_CLUSTER_MEMBERS -> catalogue.members();
        };
    }

    /** From now on the views of a replica's server show what they show now, or the truth again. */
    void freeze(Replica local, boolean on) {
        local.frozen().clear();
        if (on) {
            for (HadrView view : HadrView.values()) {
                local.frozen().put(view, new ArrayList<>(now(view, local)));
            }
        }
    }
}
