package io.gds.engine.mssql.internal.steps;

import io.gds.engine.mssql.internal.group.ClusterType;
import io.gds.engine.mssql.internal.group.DatabaseRow;
import io.gds.engine.mssql.internal.group.GroupConfig;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.group.InstanceView;
import io.gds.engine.mssql.internal.group.ReplicaRole;
import io.gds.engine.mssql.internal.group.ReplicaRow;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A group without a cluster between the two statements of its planned failover: its primary has stepped down, and nobody leads. Whoever has
 * everything may take over; a replica that is silent must not be able to have more, nor to lead where we do not see it.
 */
final class Interregnum {
    private final GroupViews views;
    private final GroupView group;
    private final String former;

    private Interregnum(GroupViews views, GroupView group, String former) {
        this.views = views;
        this.group = group;
        this.former = former;
    }

    /** Of a group whose former primary says that it follows; empty when somebody leads, or could. */
    static Optional<Interregnum> of(GroupViews views, GroupView group, String former) {
        Interregnum out = new Interregnum(views, group, former);
        return isAlone(group)
                        && group.claims().isEmpty()
                        && views.of(former).filter(out::follows).isPresent()
                        && out.answering().allMatch(out::follows)
                        && out.silentMatterNot()
                ? Optional.of(out)
                : Optional.empty();
    }

    /** The same of a group of which everybody answers: then it does not matter who led. */
    static Optional<Interregnum> of(GroupViews views, GroupView group) {
        return views.silent().isEmpty()
                ? views.around(group).findFirst().flatMap(v -> of(views, group, v.name()))
                : Optional.empty();
    }

    /** Whether the group has no cluster that says who leads. */
    static boolean isAlone(GroupView group) {
        return group.config()
                .map(GroupConfig::cluster)
                .filter(ClusterType.NONE::equals)
                .isPresent();
    }

    GroupView group() {
        return group;
    }

    /** Who takes over without a loss: the one that was to, or the one that led; empty when neither is known to have everything. */
    Optional<String> taker(String target) {
        return Stream.of(target, former).filter(this::hasEverything).findFirst();
    }

    private Stream<InstanceView> answering() {
        return views.around(group);
    }

    private boolean follows(InstanceView v) {
        return itself(v)
                .flatMap(ReplicaRow::role)
                .filter(r -> r == ReplicaRole.SECONDARY)
                .isPresent();
    }

    private Optional<ReplicaRow> itself(InstanceView v) {
        return v.group(group.name()).flatMap(g -> v.itself(g.id()));
    }

    private long silent() {
        return group.replicas().size() - answering().count();
    }

    /**
     * What a primary acknowledges is on as many others as commits ask for: with no more than those silent, somebody who answers has it. And
     * one of them that led would be connected to somebody.
     */
    private boolean silentMatterNot() {
        long silent = silent();
        return silent == 0
                || answering()
                        .allMatch(v -> v.group(group.name())
                                        .filter(g -> g.required() >= silent)
                                        .isPresent()
                                && itself(v).filter(r -> !r.connected()).isPresent());
    }

    private boolean hasEverything(String target) {
        return views.of(target).isPresent()
                && group.replica(target).filter(ReplicaRow::isSynchronous).isPresent()
                && answering()
                        .filter(v -> !v.name().equals(target))
                        .filter(v -> group.replica(v.name())
                                .filter(ReplicaRow::isSynchronous)
                                .isPresent())
                        .allMatch(v -> isAsFarAs(target, v.name()));
    }

    private boolean isAsFarAs(String target, String other) {
        List<DatabaseRow> own = group.ownWord(target);
        return group.ownWord(other).stream().allMatch(o -> own.stream()
                .filter(d -> d.name().equals(o.name()))
                .anyMatch(d -> isAsFarAs(d.hardened(), o.hardened())));
    }

    /** Whoever says nothing of it was found synchronized right before; that is no proof where others are silent, too. */
    private boolean isAsFarAs(Optional<BigDecimal> target, Optional<BigDecimal> other) {
        if (target.isEmpty() || other.isEmpty()) {
            return silent() == 0;
        }
        return target.get().compareTo(other.get()) >= 0;
    }
}
