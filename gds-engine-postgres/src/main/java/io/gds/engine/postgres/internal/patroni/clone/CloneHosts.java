package io.gds.engine.postgres.internal.patroni.clone;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.CloneSpec;
import io.gds.engine.postgres.internal.config.MemberSpec;
import io.gds.engine.postgres.internal.patroni.node.PatroniNodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The hosts that may have clones of a cluster. Which of them has one is written down there and nowhere else, so all are
 * asked. Thread-safe.
 */
final class CloneHosts {
    private final PostgresEngine engine;
    private final PatroniNodes nodes;
    private final CloneSpec spec;

    /**
     * What a host has.
     *
     * @param host the host
     * @param found its clones of this cluster by their ids
     */
    record Look(CloneHost host, Map<String, CloneHost.Found> found) {}

    /**
     * What all hosts have.
     *
     * @param answered those that tell
     * @param failures why others do not
     */
    record Round(List<Look> answered, List<GdsDatabaseException> failures) {
        /** This round, when it is complete. */
        Round orElseThrow() {
            if (!failures.isEmpty()) {
                throw failures.get(0);
            }
            return this;
        }
    }

    CloneHosts(PostgresEngine engine, PatroniNodes nodes, CloneSpec spec) {
        this.engine = engine;
        this.nodes = nodes;
        this.spec = spec;
    }

    /** The host where a clone of a member's data is to be. */
    CloneHost forCopyOf(String member) {
        return spec.host()
                .map(h -> at(h, spec.directory().orElseThrow()))
                .orElseGet(() -> beside(engine.spec().member(member)));
    }

    /** Asks all hosts. */
    Round ask() {
        Map<String, Supplier<CloneHost>> hosts = new LinkedHashMap<>();
        Optional<String> named = spec.host();
        if (named.isPresent()) {
            hosts.put(named.get(), () -> at(named.get(), spec.directory().orElseThrow()));
        } else {
            for (MemberSpec m : engine.spec().members()) {
                hosts.putIfAbsent(m.address().host(), () -> beside(m));
            }
        }
        List<Look> answered = new ArrayList<>();
        List<GdsDatabaseException> failures = new ArrayList<>();
        for (Supplier<CloneHost> each : hosts.values()) {
            try {
                answered.add(ask(each.get()));
            } catch (GdsDatabaseException e) {
                failures.add(e);
            }
        }
        return new Round(answered, failures);
    }

    /** Asks one host. */
    Look ask(CloneHost host) {
        Map<String, CloneHost.Found> found = new LinkedHashMap<>();
        for (CloneHost.Found f : host.list()) {
            f.id(engine.name()).ifPresent(id -> found.put(id, f));
        }
        return new Look(host, found);
    }

    private CloneHost at(String host, String directory) {
        return new CloneHost(engine.shellAt(host, Optional.empty()), host, directory);
    }

    private CloneHost beside(MemberSpec member) {
        String usual = nodes.of(member.name()).dataDir().replaceFirst("/[^/]+/*$", "");
        return at(member.address().host(), spec.directory().orElse(usual));
    }
}
