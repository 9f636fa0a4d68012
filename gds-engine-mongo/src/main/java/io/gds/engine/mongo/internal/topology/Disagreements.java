package io.gds.engine.mongo.internal.topology;

import io.gds.database.plan.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where members contradict each other, the spec, or themselves. Reads what was seen and asks nobody. */
public final class Disagreements {
    private final SetViews views;
    private final List<Finding> out = new ArrayList<>();

    private Disagreements(SetViews views) {
        this.views = views;
    }

    /** All of them; empty when everybody says the same. */
    public static List<Finding> in(SetViews views) {
        Disagreements d = new Disagreements(views);
        d.identity();
        aboutPrimaries(views).ifPresent(d.out::add);
        d.configurations();
        d.membership();
        d.states();
        return List.copyOf(d.out);
    }

    private void identity() {
        for (MemberView v : views.all()) {
            String set = v.status().map(SetStatus::set).orElse("none");
            if (!set.equals(views.spec().replicaSet())) {
                out.add(Finding.block(
                        "MONGO-OTHER-SET",
                        v.member().name(),
                        "it is in the set " + set,
                        views.spec().replicaSet(),
                        "correct replicaSet or the member's address in the cluster spec."));
            }
        }
        Set<String> ids = views.all().stream()
                .flatMap(v -> v.config().stream())
                .map(SetConfig::replicaSetId)
                .collect(Collectors.toCollection(TreeSet::new));
        if (ids.size() > 1) {
            out.add(Finding.block(
                    "MONGO-OTHER-SET",
                    views.spec().name(),
                    "members have the replica set ids " + ids,
                    "one id",
                    "find out which members belong to another set of the same name."));
        }
    }

    /** Whether not exactly one member says that it accepts writes; who leads is in doubt then, and nothing should be changed. */
    public static Optional<Finding> aboutPrimaries(SetViews views) {
        List<String> claim = views.all().stream()
                .filter(MemberView::writablePrimary)
                .map(v -> v.member().name() + " in term "
                        + v.status().map(SetStatus::term).orElse(-1L))
                .toList();
        if (claim.size() == 1) {
            return Optional.empty();
        }
        return Optional.of(Finding.block(
                claim.isEmpty() ? "MONGO-NO-PRIMARY" : "MONGO-TWO-PRIMARIES",
                views.spec().name(),
                claim.isEmpty() ? "nobody says that it accepts writes" : claim + " say that they accept writes",
                "one primary",
                claim.isEmpty()
                        ? "look why no majority elects one."
                        : "wait until the one of the earlier term has noticed; look at the network if it does not."));
    }

    private void configurations() {
        TreeMap<String, String> editions = new TreeMap<>();
        views.all()
                .forEach(v -> v.config().ifPresent(c -> editions.put(v.member().name(), c.version() + "@" + c.term())));
        if (new TreeSet<>(editions.values()).size() > 1) {
            out.add(Finding.block(
                    "MONGO-CONFIG-DIFFERS",
                    views.spec().name(),
                    "members have the configurations " + editions,
                    "the same version and term everywhere",
                    "wait until it has reached everybody; look at those that stay behind."));
        }
    }

    private void membership() {
        Set<String> inSpec =
                views.spec().members().stream().map(m -> m.address()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> inSet = views.configured().stream()
                .map(ConfiguredMember::address)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!inSet.isEmpty() && !inSet.equals(inSpec)) {
            out.add(Finding.block(
                    "MONGO-MEMBERS-DIFFER",
                    views.spec().name(),
                    "the set's configuration has " + inSet,
                    "the members of the cluster spec: " + inSpec,
                    "write every member into the cluster spec, with the address that the set's configuration has."));
        }
    }

    /** One view that nobody else shares: of a stale member, or of one that part of the network does not reach. */
    private void states() {
        for (MemberView seen : views.all()) {
            for (MemberView by : views.all()) {
                by.status()
                        .flatMap(s -> s.at(seen.member().address()))
                        .filter(s -> !by.member().equals(seen.member()))
                        .filter(s -> !s.healthy() || s.state() != seen.state())
                        .ifPresent(s -> out.add(Finding.block(
                                "MONGO-STALE-VIEW",
                                by.member().name(),
                                "it sees " + seen.member().name() + " as " + s.state()
                                        + (s.healthy() ? "" : " and not healthy")
                                        + (s.note().isEmpty() ? "" : " (" + s.note() + ")"),
                                seen.state() + ", as " + seen.member().name() + " says itself",
                                "wait for the next heartbeats; look at the network between the two if it stays so.")));
            }
        }
    }
}
