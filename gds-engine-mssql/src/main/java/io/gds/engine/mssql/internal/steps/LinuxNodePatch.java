package io.gds.engine.mssql.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.LinuxSpec;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.hotfix.SetupWork;
import io.gds.engine.mssql.internal.member.SystemdService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** By packages of the distribution; a cluster that decides who leads gets the node back, whatever became of them. */
final class LinuxNodePatch extends NodePatch {
    private static final int TRIES = 3;
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final LinuxHosts hosts;

    LinuxNodePatch(MssqlEngine engine, LinuxHosts hosts) {
        super(engine);
        this.hosts = hosts;
    }

    @Override
    Optional<EngineVersion> installed(String node) {
        return hosts.installed(node);
    }

    @Override
    void bring(String node, EngineVersion wanted) {
        List<Finding> findings = new ArrayList<>(hosts.fits(GroupViews.of(engine)));
        findings.addAll(hosts.surroundings());
        findings.addAll(hosts.look(engine.access(node).target(), wanted));
        refuse(findings);
        hosts.download(node, wanted);
        mayGoDown(node, node + " is not taken out of service");
        try {
            until(SETUP, () -> {
                hosts.takeOut(node, () -> {});
                return hosts.isOut(node) instanceof Verdict.Holds;
            });
            install(node, wanted);
        } catch (RuntimeException e) {
            Optional<String> unfit = unfit(node);
            if (unfit.isPresent()) {
                throw staysOut(node, unfit.get(), e);
            }
            back(node);
            throw e;
        }
        back(node);
    }

    /** Whoever lost the way to the host joins what goes on there; what fails again and again is told. */
    private void install(String node, EngineVersion wanted) {
        SetupWork work = new SetupWork("direct", node + "-" + wanted, Optional.empty(), () -> {});
        for (int tries = 1; ; tries++) {
            try {
                hosts.install(node, wanted, work);
                return;
            } catch (GdsDatabaseException e) {
                if (!e.retryable() || tries == TRIES) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        }
    }

    /** Why an instance is not started from what lies on its host. */
    private Optional<String> unfit(String node) {
        try {
            return hosts.isBroken(node) ? Optional.of("its packages are half installed") : Optional.empty();
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return Optional.of("it does not answer");
        }
    }

    private void back(String node) {
        untilBack(node, () -> hosts.putBack(node, () -> {}, progress -> {}));
    }

    private GdsDatabaseException staysOut(String node, String unfit, RuntimeException e) {
        String cluster = engine.spec().linux().flatMap(LinuxSpec::pacemaker).isPresent() ? ", pcs node unstandby" : "";
        return GdsDatabaseException.environment("MSSQL-NODE-OUT")
                .message("node " + node + " is out of service, and its host: " + unfit + "; " + e.getMessage())
                .remedy("let the package system finish there, for example dpkg --configure -a; then systemctl start "
                        + SystemdService.NAME + cluster + ", and resume the node.")
                .cause(e)
                .build();
    }
}
