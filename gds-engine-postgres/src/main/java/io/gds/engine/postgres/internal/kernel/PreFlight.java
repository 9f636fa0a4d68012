package io.gds.engine.postgres.internal.kernel;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.PatchRequest;
import io.gds.database.spi.PackageManager;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.catalogue.MinorCatalogue;
import io.gds.engine.postgres.internal.control.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Everything that speaks against a patch or should be known before it, from live facts. */
public final class PreFlight {
    private static final long DISK_NEEDED = 64L << 20;

    private final PostgresEngine engine;
    private final Kernel kernel;

    /** The pre-flight of a cluster. */
    public PreFlight(PostgresEngine engine) {
        this.engine = engine;
        this.kernel = new Kernel(engine);
    }

    /** All findings for a request. */
    public List<Finding> findings(PatchRequest request) {
        return findings(request, true);
    }

    /** All findings, or all but those about synchronous standbys, when somebody else chooses these anew at any time. */
    public List<Finding> findings(PatchRequest request, boolean synchronous) {
        Topology t = engine.topology();
        List<Finding> out = new ArrayList<>(new Health(engine).findings(t));
        Optional<Member> primary = t.primary();
        if (primary.isEmpty()) {
            return out;
        }
        version(t, request.target(), out);
        backup().ifPresent(out::add);
        out.addAll(Together.look(t.members(), m -> member(m, request)));
        if (synchronous) {
            synchronous(t, primary.get().name(), request, out);
        }
        // settings and members must be in order before there is a point in looking closer
        if (out.stream().noneMatch(f -> f.severity() == Finding.Severity.BLOCK)) {
            out.addAll(new PrimaryChecks(engine).findings(primary.get().name()));
            new CollationAcrossMembers(engine).finding(t.members()).ifPresent(out::add);
            out.addAll(
                    new MemberChecks(engine).findings(t.members(), primary.get().name()));
        }
        return out;
    }

    private Optional<Finding> backup() {
        return engine.spec().backup().flatMap(settings -> engine.context()
                .backups(settings, host -> engine.shellAt(host, Optional.empty()))
                .finding(engine.name(), engine.context().clock().instant()));
    }

    private void version(Topology t, EngineVersion target, List<Finding> out) {
        EngineVersion running = t.primary().flatMap(Member::version).orElseThrow();
        if (running.number(0) != target.number(0)) {
            out.add(Finding.block(
                    "PG-OTHER-MAJOR",
                    t.cluster(),
                    "target " + target,
                    "a version of major " + running.number(0) + ", which runs",
                    "use an upgrade for another major; a patch stays within one."));
            return;
        }
        out.addAll(MinorCatalogue.load().findings(running, target, engine));
        long distinct = t.members().stream()
                .flatMap(m -> m.version().stream())
                .distinct()
                .count();
        if (distinct > 1) {
            out.add(Finding.warn(
                    "PG-MIXED-VERSIONS",
                    t.cluster(),
                    "members run "
                            + t.members().stream()
                                    .map(m -> m.name() + " "
                                            + m.version()
                                                    .map(EngineVersion::toString)
                                                    .orElse("?"))
                                    .toList(),
                    "one version",
                    "nothing; members that run the target already are left alone."));
        }
    }

    private List<Finding> member(Member m, PatchRequest request) {
        List<Finding> out = new ArrayList<>();
        Optional<PackageManager> packages = engine.packages();
        if (packages.isEmpty() || engine.spec().shell().isEmpty()) {
            out.add(Finding.block(
                    "PG-NO-PACKAGES",
                    m.name(),
                    "no packages or no shell in the cluster spec",
                    "both",
                    "add packages and shell to the spec."));
            return out;
        }
        try {
            List<EngineVersion> available = packages.get().available(m.name());
            if (available.stream().noneMatch(v -> v.sameRelease(request.target()))) {
                out.add(Finding.block(
                        "PG-VERSION-NOT-AVAILABLE",
                        m.name(),
                        "available: " + available,
                        request.target().toString(),
                        "install " + request.target() + " where the package manager looks, on every member."));
            }
            out.addAll(packages.get().preFlight(m.name(), request.target()));
            OptionalLong free = new Host(engine, m.name()).freeBytes();
            if (free.isPresent() && free.getAsLong() < DISK_NEEDED) {
                out.add(Finding.block(
                        "PG-DISK-LOW",
                        m.name(),
                        free.getAsLong() + " bytes free",
                        "at least " + DISK_NEEDED,
                        "free space on the host of " + m.name() + "."));
            }
            if (new Host(engine, m.name()).postmaster().isEmpty()) {
                out.add(Finding.block(
                        "PG-NOT-OUR-DATA-DIR",
                        m.name(),
                        "no server runs in " + engine.layout().dataDir(m.name()),
                        "the server that answers on " + m.address(),
                        "correct dataDir of the member in the spec."));
            }
        } catch (GdsDatabaseException e) {
            out.add(Finding.block(
                    "PG-HOST", m.name(), String.valueOf(e.getMessage()), "a host that answers", e.remedy()));
        }
        return out;
    }

    private void synchronous(Topology t, String primary, PatchRequest request, List<Finding> out) {
        for (Link l : t.links()) {
            Optional<Finding> last = kernel.lastSync(t, primary, l.downstream());
            if (last.isPresent()
                    && !l.downstream().equals(primary)
                    && t.member(l.downstream())
                            .filter(m -> m.role() == MemberRole.STANDBY || m.role() == MemberRole.REPLICA)
                            .isPresent()) {
                Finding f = last.get();
                out.add(
                        request.overrides(Kernel.RELAX_SYNC)
                                ? Finding.warn(
                                        "PG-LAST-SYNC-RELAXED",
                                        f.subject(),
                                        f.observed(),
                                        f.expected(),
                                        "nothing; commits stop waiting while " + f.subject()
                                                + " is down, as allowed by name.")
                                : f);
            }
        }
    }
}
