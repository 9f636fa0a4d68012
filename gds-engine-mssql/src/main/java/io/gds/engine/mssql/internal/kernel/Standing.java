package io.gds.engine.mssql.internal.kernel;

import io.gds.engine.mssql.internal.group.DatabaseRow;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.ReplicaRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is not in order with the replicas of one group, by the word of its primary. */
public final class Standing {
    private final GroupView group;

    /** Of a group that has one primary. */
    public Standing(GroupView group) {
        this.group = group;
    }

    /** What the replica of an instance lacks, in words; empty when it is as its mode wants it. */
    public Optional<String> missing(String target) {
        Optional<ReplicaRow> replica = group.replica(target);
        if (replica.isEmpty()) {
            return Optional.of(target + " has no replica of " + group.name());
        }
        return missing(replica.get(), target);
    }

    private Optional<String> missing(ReplicaRow replica, String target) {
        String who = target + " in " + group.name();
        if (!replica.connected()) {
            return Optional.of(who + " is not connected"
                    + replica.trouble().map(t -> ": " + t).orElse(""));
        }
        if (!replica.hasDatabases()) {
            return Optional.empty();
        }
        List<DatabaseRow> rows = group.primarysWord(target);
        boolean synchronous = group.synchronous().contains(target);
        List<String> wrong = new ArrayList<>();
        for (DatabaseRow d : rows) {
            lacks(d, synchronous).ifPresent(l -> wrong.add(d.name() + " " + l));
        }
        int absent = group.primarysWord(group.primaryName()).size() - rows.size();
        if (absent > 0) {
            wrong.add(absent + " databases are not there");
        }
        return wrong.isEmpty() ? Optional.empty() : Optional.of(who + ": " + shown(wrong, target));
    }

    private static Optional<String> lacks(DatabaseRow d, boolean synchronous) {
        if (!d.joined()) {
            return Optional.of("has not joined");
        }
        if (d.suspended().isPresent()) {
            return Optional.of("is suspended (" + d.suspended().get() + ")");
        }
        if (synchronous ? !d.isSynchronized() || !d.ready() : !d.isMoving()) {
            return Optional.of("is " + d.synchronization());
        }
        return Optional.empty();
    }

    private String shown(List<String> wrong, String target) {
        String first = String.join(", ", wrong.subList(0, Math.min(3, wrong.size())));
        return first + (wrong.size() > 3 ? " and " + (wrong.size() - 3) + " more" : "") + "; "
                + Backlog.of(group, target).describe();
    }

    /** What the primary's own databases lack; empty when all of them take writes. */
    public Optional<String> primary() {
        String primary = group.primaryName();
        List<String> wrong = group.primarysWord(primary).stream()
                .filter(d -> d.suspended().isPresent()
                        || d.state().filter(s -> !s.equals("ONLINE")).isPresent())
                .map(d -> d.name() + " is "
                        + d.suspended()
                                .map(s -> "suspended (" + s + ")")
                                .orElse(d.state().orElse("")))
                .toList();
        return wrong.isEmpty() ? Optional.empty() : Optional.of(primary + ": " + String.join(", ", wrong));
    }

    /** Secondaries that commits wait for and that have everything, without one that is about to go. */
    public List<String> acknowledging(String without) {
        return group.synchronous().stream()
                .filter(t -> !t.equals(without) && group.isReady(t))
                .toList();
    }

    /** Instances with a replica that is neither the primary nor in order, without one. */
    public List<String> behind(String without) {
        return group.replicas().stream()
                .flatMap(r -> group.targetOf(r).stream())
                .filter(t -> !t.equals(without) && !t.equals(group.primaryName()))
                .filter(t -> missing(t).isPresent())
                .toList();
    }
}
