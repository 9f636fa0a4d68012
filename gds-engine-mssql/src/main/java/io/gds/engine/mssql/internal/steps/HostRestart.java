package io.gds.engine.mssql.internal.steps;

import io.gds.database.plan.Params;
import io.gds.database.spi.NotNowException;
import io.gds.database.spi.StepContext;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.group.InstanceView;
import io.gds.engine.mssql.internal.kernel.GroupKernel;
import io.gds.engine.mssql.internal.kernel.Quorum;
import io.gds.engine.mssql.internal.survey.HostReader;
import io.gds.engine.mssql.internal.survey.PendingRestart;
import io.gds.engine.mssql.internal.windows.HostScripts;
import java.time.Duration;
import java.util.Optional;

/** The restart of a host that waits for one after its update, when the spec allows it; once. */
final class HostRestart {
    private static final String BOOTED = "bootedAt";
    private static final Duration SOON = Duration.ofSeconds(2);

    private final MssqlEngine engine;

    HostRestart(MssqlEngine engine) {
        this.engine = engine;
    }

    /** Whether the Windows cluster would lose its quorum, and with it every group its primary. */
    private Optional<String> lose(String member, HostScripts host) {
        GroupViews views = GroupViews.of(engine);
        InstanceView primary = views.home(member)
                .primary()
                .orElseThrow(() -> notRestarted(
                        member, "nobody leads, and nobody tells the votes", "a primary", "a failover, or its return"));
        // its own SQL Server may be silent: the host knows its name without it
        String node = views.of(member).map(v -> v.facts().host()).orElseGet(() -> HostReader.name(host));
        return Quorum.seenBy(engine, primary.name()).without(node);
    }

    private static NotNowException notRestarted(String member, String observed, String needed, String clears) {
        return GroupKernel.notNow("the host of " + member + " is not restarted", observed, needed, clears, SOON);
    }

    void whenItIsWaitedFor(String member, StepContext<?> c) {
        HostScripts host = engine.host(engine.access(member).target().server());
        Optional<String> asked = c.checkpointed().optionalString(BOOTED);
        String booted = HostReader.bootedAt(host);
        if (asked.isPresent() && !asked.get().equals(booted)) {
            return; // it has been, and what waits still is not for us to try again
        }
        Optional<PendingRestart> why = HostReader.pendingRestart(host).stream()
                .filter(PendingRestart::matters)
                .findFirst();
        if (why.isEmpty()) {
            return;
        }
        if (!engine.spec().restart()) {
            c.progress("the host of " + member + " waits for a restart: "
                    + why.get().describe());
            return;
        }
        lose(member, host).ifPresent(lost -> {
            throw notRestarted(member, lost, "more than half of the votes", "the return of others");
        });
        c.checkpoint(c.checkpointed().with(BOOTED, booted));
        c.fence();
        host.ask("restart", Params.of(BOOTED, booted, "reason", "gds-database, run " + c.run()));
        throw GroupKernel.notNow(
                member + " does not go back into service",
                "its host restarts: " + why.get().describe(),
                "the host back",
                "the host itself",
                SOON);
    }
}
