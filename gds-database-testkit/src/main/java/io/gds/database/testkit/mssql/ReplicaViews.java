package io.gds.database.testkit.mssql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The views of availability groups, as far as one instance alone needs them: empty unless a test says otherwise. Thread-safe. */
public final class ReplicaViews {
    private final List<Replica> all = new ArrayList<>();

    /**
     * A replica as an instance sees it.
     *
     * @param group the group's name
     * @param server its own name
     * @param mode {@code SYNCHRONOUS_COMMIT} or {@code ASYNCHRONOUS_COMMIT}
     * @param role {@code PRIMARY}, {@code SECONDARY}, {@code RESOLVING}; null when this instance cannot tell
     * @param health {@code HEALTHY} and so on; null when this instance cannot tell
     * @param secondsBehind how far its slowest database trails; null when not known
     */
    public record Replica(
            String group,
            String server,
            String mode,
            @Nullable String role,
            @Nullable String health,
            @Nullable Long secondsBehind) {}

    ReplicaViews() {}

    /** Adds a replica. */
    public synchronized ReplicaViews add(Replica replica) {
        all.add(replica);
        return this;
    }

    synchronized List<List<@Nullable Object>> rows(HadrView view) {
        return switch (view) {
            case AVAILABILITY_GROUPS ->
                all.stream()
                        .map(Replica::group)
                        .distinct()
                        .map(g -> row(view, "group_id", id(g), "name", g))
                        .toList();
            case AVAILABILITY_REPLICAS ->
                each(
                        view,
                        r -> true,
                        r -> Arrays.asList("replica_server_name", r.server(), "availability_mode_desc", r.mode()));
            case DM_HADR_AVAILABILITY_REPLICA_STATES ->
                each(
                        view,
                        r -> r.role() != null,
                        r -> Arrays.asList("role_desc", r.role(), "synchronization_health_desc", r.health()));
            case DM_HADR_DATABASE_REPLICA_STATES ->
                each(view, r -> true, r -> Arrays.asList("secondary_lag_seconds", r.secondsBehind()));
            default -> List.of();
        };
    }

    private List<List<@Nullable Object>> each(
            HadrView view, Predicate<Replica> which, Function<Replica, List<@Nullable Object>> more) {
        return all.stream()
                .filter(which)
                .map(r -> {
                    List<@Nullable Object> named = new ArrayList<>(more.apply(r));
                    named.addAll(List.of("replica_id", id(r.group() + "\\" + r.server()), "group_id", id(r.group())));
                    return row(view, named.toArray());
                })
                .toList();
    }

    /** What is not said is NULL. */
    private static List<@Nullable Object> row(HadrView view, @Nullable Object... named) {
        List<@Nullable Object> all = Arrays.asList(named);
        List<@Nullable Object> out = new ArrayList<>();
        for (String column : view.columns()) {
            int at = all.indexOf(column.substring(0, column.indexOf(' ')));
            out.add(at < 0 ? null : all.get(at + 1));
        }
        return out;
    }

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
