package io.gds.database.testkit.mssql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an instance's system views say: of itself what its {@link ServerCatalogue} knows, of groups what these know that it is in. Groups
 * are asked before the catalogue is locked, never while it is. Thread-safe.
 */
final class InstanceViews {
    /** What functions look into, which a statement does not name. */
    private static final Set<String> FOR_FUNCTIONS = Set.of("sys.databases", "sys.server_principals");

    private final SqlInstance instance;

    InstanceViews(SqlInstance instance) {
        this.instance = instance;
    }

    /** The views that there are; those of groups only when a statement names them. */
    List<Relation> named(String lowerText, Instant startedAt) {
        List<Relation> out = new ArrayList<>();
        for (HadrView view : HadrView.values()) {
            if (lowerText.contains(view.table())) {
                out.add(new Relation(view.table(), view.columns(), rows(view)));
            }
        }
        instance.catalogue().refresh(instance.version(), instance.edition());
        ServerCatalogue.Instance self = new ServerCatalogue.Instance(
                instance.serverName(),
                instance.version(),
                startedAt,
                instance.groups().databases());
        out.add(properties());
        if (lowerText.contains("dm_os_cluster_nodes")) {
            out.add(new Relation(
                    "sys.dm_os_cluster_nodes",
                    List.of(
                            "NodeName varchar(128)",
                            "status int",
                            "status_description varchar(20)",
                            "is_current_owner bit"),
                    instance.clusterNodes()));
        }
        instance.catalogue().relations(self).stream()
                .filter(r -> FOR_FUNCTIONS.contains(r.name()) || lowerText.contains(r.table()))
                .forEach(out::add);
        return out;
    }

    private List<List<@Nullable Object>> rows(HadrView view) {
        return instance.groups().isEmpty()
                ? instance.catalogue().replicas().rows(view)
                : instance.groups().rows(view);
    }

    private Relation properties() {
        boolean hadr = instance.isHadrEnabled();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("ProductVersion", instance.version());
        values.put("ProductLevel", "RTM");
        values.put("ProductMajorVersion", Integer.toString(new ServerVersion(instance.version()).major()));
        values.put("Edition", instance.edition());
        values.put("ServerName", instance.serverName());
        values.put("MachineName", instance.networkName());
        values.put("ComputerNamePhysicalNetBIOS", instance.hostName());
        values.put("IsClustered", instance.isClustered() ? "1" : "0");
        values.put("IsHadrEnabled", hadr ? "1" : "0");
        values.put("HadrManagerStatus", hadr ? "1" : "0");
        values.put("local_tcp_port", Integer.toString(instance.server().port()));
        instance.namedInstance().ifPresent(n -> values.put("InstanceName", n));
        instance.catalogue().properties(values);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        values.forEach((name, value) -> rows.add(Relation.row(name, value)));
        return new Relation("sys.server_property", List.of("name varchar(128)", "val varchar(256)"), rows);
    }
}
