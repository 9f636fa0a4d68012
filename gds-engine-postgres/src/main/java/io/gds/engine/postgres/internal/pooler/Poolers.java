package io.gds.engine.postgres.internal.pooler;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.run.CancelReason;
import io.gds.database.spi.Cancellation;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.HostPort;
import io.gds.engine.postgres.internal.config.MemberSpec;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All poolers of a cluster, which are paused together or not at all. Thread-safe. */
public final class Poolers {
    private final PostgresEngine engine;
    private final List<Pooler> all;

    /** The poolers that a spec names. */
    public Poolers(PostgresEngine engine, List<PoolerSpec> specs) {
        this.engine = engine;
        this.all = specs.stream().map(s -> new Pooler(engine, s)).toList();
    }

    List<Pooler> all() {
        return all;
    }

    /**
     * Arms a timer for each pooler, then pauses them all at the same time. When one of them cannot be paused, those that
     * were are resumed before this throws.
     *
     * @param pause which pause
     */
    void pauseAll(Pause pause, Cancellation cancellation) {
        try {
            Parallel.each(all, p -> arm(p, pause));
            Parallel.each(pauses(pause), one -> {
                one.pooler().pause(one.database(), one.limits().drain(), cancellation);
                return one;
            });
        } catch (RuntimeException e) {
            if (cancellation.reason().filter(CancelReason.DEPOSED::equals).isPresent()) {
                throw e; // whoever leads the run now decides about the pause
            }
            try {
                resumeAll(pause, Optional.empty());
            } catch (RuntimeException more) {
                e.addSuppressed(more); // the timers do it
            }
            throw e;
        }
    }

    /**
     * Resumes all poolers and ends their timers; idempotent, and safe for poolers that were never paused.
     *
     * @param server where entries that name a member lead from now on; empty to leave them as they are
     */
    void resumeAll(Pause pause, Optional<HostPort> server) {
        Parallel.each(all, p -> {
            Optional<PoolerTimer> timer = p.timer(pause.step());
            timer.ifPresent(t -> t.take(server));
            try {
                p.resume(server);
            } catch (GdsDatabaseException e) {
                if (!isGone(p)) {
                    throw e; // and its timer is left to do it
                }
                server.ifPresent(s -> p.host()
                        .ifPresent(h -> p.write(h, pause.configFile(p.spec().name()), s)));
            }
            timer.ifPresent(PoolerTimer::disarm);
            return p;
        });
    }

    /** Whether nothing listens there any more: a pause ends with its process. */
    private static boolean isGone(Pooler p) {
        return Listening.refuses(p.spec().address());
    }

    private Pooler arm(Pooler p, Pause pause) {
        Optional<PoolerHost> host = p.host();
        if (host.isEmpty()) {
            return p; // pre-flight asked for an acknowledgement of that
        }
        Map<String, byte[]> found = new HashMap<>();
        Map<HostPort, Map<String, byte[]>> variants = new HashMap<>();
        try (PgBouncerConsole console = p.console()) {
            if (p.ours(console).stream().anyMatch(d -> p.memberOf(d).isPresent())) {
                PoolerIni ini = p.configuration(host.get(), p.configFile(console.config()));
                for (MemberSpec m : engine.spec().members()) {
                    Map<String, byte[]> files = ini.pointedTo(m.address(), p.pointsToMember());
                    variants.put(m.address(), files);
                    files.keySet().forEach(f -> found.put(f, ini.bytes(f)));
                }
            }
        }
        new PoolerTimer(engine, p.spec(), host.get(), pause.step())
                .arm(pause.limits(p.spec().name()), found, variants);
        return p;
    }

    private List<OnePause> pauses(Pause pause) {
        List<OnePause> out = new ArrayList<>();
        for (Pooler p : all) {
            PauseLimits limits = pause.limits(p.spec().name());
            p.spec().databases().forEach(d -> out.add(new OnePause(p, d, limits)));
        }
        return out;
    }

    private record OnePause(Pooler pooler, String database, PauseLimits limits) {}
}
