package io.gds.engine.postgres.internal.pooler;

import io.gds.database.error.DeposedException;
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
     * @param fence throws when somebody else leads the run by now
     */
    void pauseAll(Pause pause, Runnable fence, Cancellation cancellation) {
        try {
            Parallel.each(all, p -> arm(p, pause));
            fence.run();
            Parallel.each(pauses(pause), one -> {
                one.pooler().pause(one.database(), one.limits().drain(), cancellation);
                return one;
            });
        } catch (DeposedException e) {
            throw e;
        } catch (RuntimeException e) {
            if (cancellation.reason().filter(CancelReason.DEPOSED::equals).isPresent()) {
                throw e; // whoever leads the run now decides about the pause, and arms timers of its own
            }
            try {
                resumeAll(pause, Optional.empty(), true);
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
     * @param inAnyCase whether clients have waited too long already to wait for that
     */
    void resumeAll(Pause pause, Optional<HostPort> server, boolean inAnyCase) {
        Parallel.each(all, p -> {
            Optional<PoolerTimer> timer = p.timer(pause.step());
            Optional<GdsDatabaseException> unreached = take(timer, server);
            try {
                p.resume(server, inAnyCase);
            } catch (GdsDatabaseException e) {
                unreached.ifPresent(e::addSuppressed);
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

    /** A host that does not answer must not keep its pooler's console from being told to resume. */
    private static Optional<GdsDatabaseException> take(Optional<PoolerTimer> timer, Optional<HostPort> server) {
        try {
            timer.ifPresent(t -> t.take(server));
            return Optional.empty();
        } catch (GdsDatabaseException e) {
            return Optional.of(e);
        }
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
                    variants.put(m.address(), ini.pointedTo(m.address(), p.pointsToMember()));
                }
                variants.values().forEach(v -> v.keySet().forEach(f -> found.put(f, ini.bytes(f))));
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
