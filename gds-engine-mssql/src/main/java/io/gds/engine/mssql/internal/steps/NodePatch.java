package io.gds.engine.mssql.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.spi.NotNowException;
import io.gds.database.spi.Permit;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.kernel.GroupKernel;
import io.gds.engine.mssql.internal.kernel.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The patch of one node that a program drives by itself, with nobody who would carry it on. */
abstract class NodePatch {
    /** What the programs of a node take at most. */
    static final Duration SETUP = Duration.ofMinutes(45);

    private static final Duration BACK = Duration.ofMinutes(15);
    private static final Duration SOON = Duration.ofMillis(500);

    final MssqlEngine engine;

    NodePatch(MssqlEngine engine) {
        this.engine = engine;
    }

    /**
     * As the hosts of the spec are.
     *
     * @throws GdsDatabaseException with code {@code MSSQL-NO-PACKAGE} when the spec does not say how programs get there
     */
    static NodePatch of(MssqlEngine engine) {
        boolean linux = engine.spec().linux().isPresent();
        boolean known = linux || engine.spec().packages().mapping().isPresent();
        if (engine.spec().shell().isEmpty() || !known) {
            throw GdsDatabaseException.user("MSSQL-NO-PACKAGE")
                    .message("cluster " + engine.name()
                            + ": its spec has no shell, or neither packages.mapping nor packages.type.")
                    .remedy("add both, so that it is known what to install, and how.")
                    .build();
        }
        return linux ? new LinuxNodePatch(engine, LinuxHosts.of(engine)) : new WindowsNodePatch(engine);
    }

    /** What a start of the node would run; empty when that cannot be told. */
    abstract Optional<EngineVersion> installed(String node);

    /** Brings it there, and back into service. */
    abstract void bring(String node, EngineVersion wanted);

    /** What would refuse a plan refuses this as well. */
    static void refuse(List<Finding> findings) {
        findings.stream()
                .filter(f -> f.severity() == Finding.Severity.BLOCK)
                .findFirst()
                .ifPresent(f -> {
                    throw GdsDatabaseException.user(f.id())
                            .message(f.subject() + ": " + f.observed() + ", expected " + f.expected() + ".")
                            .remedy(f.remedy())
                            .build();
                });
    }

    final void mayGoDown(String node, String otherwise) {
        Permit permit = new GroupKernel(engine).mayGoDown(node, 1);
        if (!(permit instanceof Permit.Granted)) {
            throw GroupKernel.notNow(otherwise, permit);
        }
    }

    /** Does it again until the node is in order in every group. */
    final void untilBack(String node, Runnable putBack) {
        until(BACK, () -> {
            putBack.run();
            return isBack(node);
        });
    }

    private boolean isBack(String node) {
        GroupViews views = GroupViews.of(engine);
        return views.of(node).isPresent()
                && views.around(node).stream()
                        .allMatch(g -> g.primary().isPresent()
                                && new Standing(g).missing(node).isEmpty());
    }

    /** Tries until it is so; what says that it is not the time is asked again when it says. */
    final void until(Duration limit, BooleanSupplier effect) {
        Instant end = engine.clock().instant().plus(limit);
        while (true) {
            Duration pause = SOON;
            try {
                if (effect.getAsBoolean()) {
                    return;
                }
            } catch (NotNowException e) {
                pause = e.blocked().recheck();
            } catch (GdsDatabaseException e) {
                if (!e.retryable()) {
                    throw e;
                }
            }
            if (engine.clock().instant().isAfter(end) || Thread.currentThread().isInterrupted()) {
                throw GdsDatabaseException.environment("MSSQL-TIMEOUT")
                        .message("not done after " + limit + ".")
                        .remedy("look at the host; a setup that runs is not ended.")
                        .build();
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }
}
