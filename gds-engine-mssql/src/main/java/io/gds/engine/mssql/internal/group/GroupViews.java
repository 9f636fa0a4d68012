package io.gds.engine.mssql.internal.group;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.survey.SideBySide;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What all instances of a spec say at about the same time, each asked by itself. Immutable. */
public final class GroupViews {
    private final String cluster;
    private final List<String> names;
    private final List<TargetSpec> targets;
    private final Map<String, InstanceView> answered = new LinkedHashMap<>();
    private final Map<String, String> silent = new LinkedHashMap<>();
    private final Instant observedAt;

    private record Answer(TargetSpec target, Optional<InstanceView> view, String silence) {}

    private GroupViews(MssqlEngine engine) {
        this.cluster = engine.name();
        this.names = engine.spec().groups();
        this.targets = engine.spec().targets();
        for (Answer a : SideBySide.ask(targets, t -> ask(engine, t))) {
            a.view()
                    .ifPresentOrElse(
                            v -> answered.put(v.name(), v),
                            () -> silent.put(a.target().name(), a.silence()));
        }
        this.observedAt = engine.clock().instant();
    }

    /** Asks everybody, side by side. */
    public static GroupViews of(MssqlEngine engine) {
        return new GroupViews(engine);
    }

    private static Answer ask(MssqlEngine engine, TargetSpec target) {
        try {
            return new Answer(target, Optional.of(ViewReader.read(target, engine.access(target.name()))), "");
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return new Answer(target, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    /** The cluster's name in its spec. */
    public String cluster() {
        return cluster;
    }

    /** All instances of the spec. */
    public List<TargetSpec> targets() {
        return targets;
    }

    /** Whoever answered. */
    public List<InstanceView> all() {
        return List.copyOf(answered.values());
    }

    /** Whoever did not, with what was heard instead. */
    public Map<String, String> silent() {
        return Map.copyOf(silent);
    }

    /** When this was seen. */
    public Instant observedAt() {
        return observedAt;
    }

    /** What an instance says; empty when it did not answer. */
    public Optional<InstanceView> of(String target) {
        return Optional.ofNullable(answered.get(target));
    }

    /** The groups of the spec. */
    public List<GroupView> groups() {
        return names.stream().map(n -> new GroupView(this, n)).toList();
    }

    /** The group of that name; empty when the spec has none. */
    public Optional<GroupView> named(String group) {
        return groups().stream().filter(g -> g.name().equalsIgnoreCase(group)).findFirst();
    }

    /**
     * The group whose primary is the cluster's: of the two of a distributed group the one that takes writes, otherwise the one that the spec
     * names first.
     */
    public GroupView main() {
        return distributed().stream()
                .filter(DistributedView::isWhole)
                .flatMap(d -> d.primaryHalf().flatMap(this::named).stream())
                .findFirst()
                .orElseGet(() -> new GroupView(this, names.get(0)));
    }

    /** The group in which an instance has its turn: the main one, unless it has no replica of that. */
    public GroupView home(String target) {
        GroupView main = main();
        return main.replica(target).isPresent()
                ? main
                : around(target).stream().findFirst().orElse(main);
    }

    /** The distributed groups that have a group of the spec in them, as far as primaries show them. */
    public List<DistributedView> distributed() {
        return answered.values().stream()
                .flatMap(v -> v.groups().stream())
                .filter(GroupConfig::isDistributed)
                .map(GroupConfig::name)
                .collect(Collectors.toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)))
                .stream()
                .map(n -> new DistributedView(this, n))
                .filter(d -> !d.named().isEmpty())
                .toList();
    }

    /** The one whose two groups are both the spec's. */
    public Optional<DistributedView> whole() {
        return distributed().stream().filter(DistributedView::isWhole).findFirst();
    }

    /** The groups of which an instance is the one primary. */
    public List<GroupView> ledBy(String target) {
        return groups().stream()
                .filter(g -> g.primary().filter(p -> p.name().equals(target)).isPresent())
                .toList();
    }

    /** The groups that an instance has a replica of, as far as anybody who answered knows. */
    public List<GroupView> around(String target) {
        return groups().stream().filter(g -> g.replica(target).isPresent()).toList();
    }

    /** Whoever answered and is in a group. */
    public Stream<InstanceView> around(GroupView group) {
        return answered.values().stream().filter(v -> v.group(group.name()).isPresent());
    }

    /** Groups that some instance is in and the spec does not name: what is done to the instance is done to them too. */
    public Set<String> unnamed() {
        Set<String> out = new TreeSet<>();
        for (InstanceView v : answered.values()) {
            v.groups().stream()
                    .filter(g -> !g.isDistributed())
                    .map(GroupConfig::name)
                    .filter(g -> names.stream().noneMatch(g::equalsIgnoreCase))
                    .forEach(out::add);
        }
        return out;
    }

    /** The instance that calls itself so; one that is silent is known by its name in the spec. */
    Optional<String> targetOf(String server) {
        Optional<String> told = answered.values().stream()
                .filter(v -> v.facts().serverName().equalsIgnoreCase(server))
                .map(InstanceView::name)
                .findFirst();
        return told.isPresent()
                ? told
                : targets.stream()
                        .filter(t -> silent.containsKey(t.name()))
                        .filter(t -> guessed(t).equals(server.toLowerCase(Locale.ROOT)))
                        .map(TargetSpec::name)
                        .findFirst();
    }

    /** A host is reached by its whole name, and calls itself by the first part of it. */
    private static String guessed(TargetSpec target) {
        String host = target.server().split("\\.", 2)[0];
        return target.instance().map(i -> host + "\\" + i).orElse(host).toLowerCase(Locale.ROOT);
    }
}
