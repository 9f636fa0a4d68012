package io.gds.engine.mssql.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.hotfix.MemberFindings;
import io.gds.engine.mssql.internal.hotfix.MemberPackages;
import io.gds.engine.mssql.internal.hotfix.SetupWork;
import io.gds.engine.mssql.internal.windows.HostClaim;
import java.util.Optional;
import java.util.UUID;

/** By setups of a mapping, under the mark of this call. */
final class WindowsNodePatch extends NodePatch {
    private final MemberPackages packages;
    private final Movement movement;

    WindowsNodePatch(MssqlEngine engine) {
        super(engine);
        this.packages = new MemberPackages(engine);
        this.movement = new Movement(engine);
    }

    @Override
    Optional<EngineVersion> installed(String node) {
        return packages.installed(node);
    }

    private String server(String node) {
        return engine.access(node).target().server();
    }

    @Override
    void bring(String node, EngineVersion wanted) {
        String server = server(node);
        HostClaim claim = engine.claim(server);
        // Each call is a holder of its own: another program's, or one's own for another instance of the host, is kept
        // away.
        SetupWork work = new SetupWork("direct-" + UUID.randomUUID(), node + "-" + wanted, Optional.empty(), () -> {});
        String holder = claim.take(work.run());
        if (!holder.equals(work.run())) {
            throw GdsDatabaseException.user("MSSQL-CLAIMED")
                    .message("server " + server + ": run " + holder + " has its mark there.")
                    .remedy("wait for the end of that run; remove " + claim.path() + " when it will not go on.")
                    .build();
        }
        try {
            // Whoever goes back to an older build needs no package that leads there.
            refuse(new MemberFindings(engine, packages, wanted)
                    .of(node).stream()
                            .filter(f -> !f.id().equals(MemberFindings.NO_PACKAGE))
                            .toList());
            if (!(movement.suspended(node) instanceof Verdict.Holds)) {
                mayGoDown(node, "data movement to " + node + " is not suspended");
                movement.suspend(node, () -> {});
            }
        } catch (RuntimeException e) {
            claim.release(work.run());
            throw e;
        }
        setUp(node, wanted, work);
    }

    /** Whatever became of the packages, the node goes back into service when none of them runs any more. */
    private void setUp(String node, EngineVersion wanted, SetupWork work) {
        try {
            until(SETUP, () -> {
                packages.install(node, wanted, work);
                return true;
            });
        } catch (GdsDatabaseException e) {
            packages.underWay(node, work).ifPresent(running -> {
                throw stillRuns(node, running, e);
            });
            back(node, work);
            throw e;
        }
        back(node, work);
    }

    private void back(String node, SetupWork work) {
        String server = server(node);
        try {
            untilBack(node, () -> movement.resume(node, () -> {}));
        } finally {
            engine.jobs(server).remove(work.prefix());
            engine.claim(server).release(work.run());
        }
    }

    /** The mark stays as long as anything is installed: nobody else may begin beside it. */
    private GdsDatabaseException stillRuns(String node, String running, GdsDatabaseException e) {
        String server = server(node);
        return GdsDatabaseException.environment("MSSQL-SETUP-RUNNING")
                .message("server " + server + ": an installation goes on: " + running + "; " + e.getMessage())
                .remedy("wait until it has ended. Data movement to " + node
                        + " stays suspended and the mark stays: a person who" + " has seen its end removes "
                        + engine.claim(server).path() + ", resumes the node and patches it again.")
                .cause(e)
                .build();
    }
}
