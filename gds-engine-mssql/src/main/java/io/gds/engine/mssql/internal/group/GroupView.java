package io.gds.engine.mssql.internal.group;

import java.util.List;
import java.util.Optional;

/** One group, as it was seen: what its primary says, and what the others say of themselves. */
public final class GroupView {
    private final GroupViews views;
    private final String name;

    GroupView(GroupViews views, String name) {
        this.views = views;
        this.name = name;
    }

    /** Its name, as the spec has it. */
    public String name() {
        return name;
    }

    /** Those who say that they are its primary. */
    public List<InstanceView> claims() {
        return views.all().stream()
                .filter(v -> v.group(name)
                        .flatMap(g -> v.role(g.id()))
                        .filter(r -> r == ReplicaRole.PRIMARY)
                        .isPresent())
                .toList();
    }

    /** The one who says so; empty when nobody does, or more than one. */
    public Optional<InstanceView> primary() {
        List<InstanceView> claims = claims();
        return claims.size() == 1 ? Optional.of(claims.get(0)) : Optional.empty();
    }

    /** The primary's name in plans; "" when there is none. */
    public String primaryName() {
        return primary().map(InstanceView::name).orElse("");
    }

    /** Whose word counts: the primary's, and without one that of anybody who is in it. */
    private Optional<InstanceView> speaker() {
        Optional<InstanceView> primary = primary();
        return primary.isPresent()
                ? primary
                : views.all().stream().filter(v -> v.group(name).isPresent()).findFirst();
    }

    /** How it is configured; empty when nobody who is in it answered. */
    public Optional<GroupConfig> config() {
        return speaker().flatMap(v -> v.group(name));
    }

    /** Its replicas. */
    public List<ReplicaRow> replicas() {
        return speaker()
                .flatMap(v -> v.group(name).map(g -> v.replicas().stream()
                        .filter(r -> r.group().equals(g.id()))
                        .toList()))
                .orElse(List.of());
    }

    /** The replica of an instance. */
    public Optional<ReplicaRow> replica(String target) {
        return replicas().stream()
                .filter(r -> views.targetOf(r.server()).filter(target::equals).isPresent())
                .findFirst();
    }

    /** The instance of a replica; empty when it is none of the spec's. */
    public Optional<String> targetOf(ReplicaRow replica) {
        return views.targetOf(replica.server());
    }

    /** The databases on the replica of an instance, as the primary has them. */
    public List<DatabaseRow> primarysWord(String target) {
        Optional<ReplicaRow> replica = replica(target);
        return primary()
                .flatMap(p -> replica.map(r -> p.databases().stream()
                        .filter(d -> d.group().equals(r.group()) && d.server().equalsIgnoreCase(r.server()))
                        .toList()))
                .orElse(List.of());
    }

    /** The databases of an instance, as it says itself. */
    public List<DatabaseRow> ownWord(String target) {
        return views.of(target)
                .flatMap(v -> v.group(name).map(g -> v.own(g.id())))
                .orElse(List.of());
    }

    /** Secondaries that commits wait for when they are in step, by name in plans. */
    public List<String> synchronous() {
        if (primary()
                .flatMap(p -> replica(p.name()))
                .filter(ReplicaRow::isSynchronous)
                .isEmpty()) {
            return List.of();
        }
        return replicas().stream()
                .filter(ReplicaRow::isSynchronous)
                .flatMap(r -> targetOf(r).stream())
                .filter(t -> !t.equals(primaryName()))
                .toList();
    }

    /** Whether a failover to an instance would lose nothing: by the primary's word and by its own, for every database. */
    public boolean isReady(String target) {
        List<DatabaseRow> there = primarysWord(target);
        List<DatabaseRow> own = ownWord(target);
        int all = primarysWord(primaryName()).size();
        return all > 0
                && there.size() == all
                && own.size() == all
                && there.stream()
                        .allMatch(d -> d.ready() && d.joined() && d.suspended().isEmpty() && d.isSynchronized())
                && own.stream().allMatch(d -> d.ready() && d.suspended().isEmpty())
                && isSecondary(target);
    }

    private boolean isSecondary(String target) {
        return views.of(target)
                .flatMap(v -> v.group(name).flatMap(g -> v.role(g.id())))
                .filter(r -> r == ReplicaRole.SECONDARY)
                .isPresent();
    }
}
