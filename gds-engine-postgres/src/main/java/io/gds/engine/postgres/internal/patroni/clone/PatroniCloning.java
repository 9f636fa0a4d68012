package io.gds.engine.postgres.internal.patroni.clone;

import io.gds.database.CloneRequest;
import io.gds.database.Cloning;
import io.gds.database.ClusterClone;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.CloneOwner;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.clone.PostgresCloning;
import io.gds.engine.postgres.internal.config.CloneSpec;
import io.gds.engine.postgres.internal.config.PatroniSpec;
import io.gds.engine.postgres.internal.patroni.node.PatroniNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clones of a cluster with Patroni: on the host that its spec names, otherwise beside the replica that is copied.
 * Thread-safe.
 */
public final class PatroniCloning implements Cloning, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PatroniCloning.class);

    private final PostgresEngine engine;
    private final CloneSpec spec;
    private final PatroniNodes nodes;
    private final CloneHosts hosts;
    private final CloneOpener opener;
    /** Steps of a run ask for the same clone over and over. */
    private final Map<String, PatroniClone> open = new ConcurrentHashMap<>();

    /** Clones of a cluster. */
    public PatroniCloning(PostgresEngine engine, PatroniSpec patroni, PostgresCloning.Opener opener) {
        this.engine = engine;
        this.spec = engine.spec().clones().orElse(CloneSpec.USUAL);
        this.nodes = new PatroniNodes(engine::shell, patroni.unit());
        this.hosts = new CloneHosts(engine, nodes, spec);
        this.opener = new CloneOpener(engine, opener);
    }

    @Override
    public ClusterClone cloneCluster(CloneRequest request) {
        if (spec.replication().isEmpty()) {
            throw GdsDatabaseException.user("GDS-CLONE-REFUSED")
                    .message(
                            "cluster " + engine.name() + " cannot be cloned: clone.user and clone.password of its spec:"
                                    + " found nothing, expected the login of a role that may replicate.")
                    .remedy("add them, for example clone: {user: replicator, password: \"env:REPLICATION_PASSWORD\"}.")
                    .build();
        }
        sweepClones();
        CloneSource source = CloneSource.choose(engine, nodes, spec.host());
        CloneHost host = hosts.forCopyOf(source.member());
        CloneBuilder builder = new CloneBuilder(engine, spec, host, source, request);
        CloneNote note = builder.claim();
        PatroniClone clone = open(host, new CloneHost.Found(builder.site(), Optional.of(note)), request.id());
        boolean made = false;
        try {
            builder.build(note, clone.engine());
            made = true;
            return clone;
        } finally {
            if (!made) {
                giveUp(clone);
            }
        }
    }

    private static void giveUp(PatroniClone clone) {
        try {
            clone.close();
        } catch (GdsDatabaseException e) {
            LOG.warn("{} is left behind, close it when its host answers again: {}", clone, e.getMessage());
        }
    }

    private PatroniClone open(CloneHost host, CloneHost.Found found, String id) {
        CloneSite site = found.site();
        return open.computeIfAbsent(
                id,
                key -> new PatroniClone(
                        id, host, site, found.note().map(n -> opener.open(site, n)), () -> open.remove(id)));
    }

    @Override
    public Optional<ClusterClone> findClone(String id) {
        PatroniClone known = open.get(id);
        if (known != null) {
            if (hosts.ask(known.host()).found().containsKey(id)) {
                return Optional.of(known);
            }
            known.forget(); // somebody else has removed it
        }
        CloneHosts.Round round = hosts.ask();
        for (CloneHosts.Look look : round.answered()) {
            CloneHost.Found found = look.found().get(id);
            if (found != null) {
                return Optional.of(open(look.host(), found, id));
            }
        }
        round.orElseThrow();
        return Optional.empty();
    }

    @Override
    public List<String> clones() {
        return hosts.ask().orElseThrow().answered().stream()
                .flatMap(l -> l.found().keySet().stream())
                .sorted()
                .toList();
    }

    /** Hosts that do not answer are swept the next time. */
    @Override
    public List<String> sweepClones() {
        List<String> swept = new ArrayList<>();
        for (CloneHosts.Look look : hosts.ask().answered()) {
            look.found().forEach((id, found) -> {
                if (found.note()
                        .map(CloneNote::owner)
                        .filter(CloneOwner::isGone)
                        .isPresent()) {
                    open(look.host(), found, id).close();
                    swept.add(id);
                }
            });
        }
        return swept;
    }

    @Override
    public void close() {
        List.copyOf(open.values()).forEach(PatroniClone::forget);
    }
}
