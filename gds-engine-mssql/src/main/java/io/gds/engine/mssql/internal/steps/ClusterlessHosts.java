package io.gds.engine.mssql.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.PatchRequest;
import io.gds.database.run.Blocked;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.group.ClusterType;
import io.gds.engine.mssql.internal.group.GroupConfig;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.kernel.Admission;
import io.gds.engine.mssql.internal.member.SystemdService;
import io.gds.engine.mssql.internal.survey.SideBySide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hosts with Linux of groups without a cluster, the read-scale ones: data movement to the instance is suspended, its service is stopped,
 * packages are exchanged, the service is started, and when the instance lets clients in the data move again.
 */
final class ClusterlessHosts extends LinuxHosts {
    private static final Duration SOON = Duration.ofMillis(500);

    private final MssqlEngine engine;
    private final Movement movement;

    ClusterlessHosts(MssqlEngine engine) {
        super(engine);
        this.engine = engine;
        this.movement = new Movement(engine);
    }

    @Override
    List<Finding> groupsFit(GroupViews views) {
        List<Finding> out = new ArrayList<>();
        for (GroupView g : views.groups()) {
            ClusterType type = g.config().map(GroupConfig::cluster).orElse(ClusterType.NONE);
            if (type != ClusterType.NONE) {
                out.add(Finding.block(
                        "MSSQL-EXTERNAL-CLUSTER",
                        g.name(),
                        "its cluster type is " + type + ", and the spec says nothing of that cluster",
                        "NONE, or pacemaker in the spec",
                        "add pacemaker: {resource: ...} to the spec."));
            }
        }
        return out;
    }

    @Override
    List<Finding> surroundings() {
        return SideBySide.ask(engine.spec().targets(), this::unit).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** A server that systemd does not know by that name would not stop, and run on below new programs. */
    private List<Finding> unit(TargetSpec t) {
        String state;
        try {
            state = service(t.name()).state();
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return List.of(); // what the packages say of a silent host is enough
        }
        return state.equals("active")
                ? List.of()
                : List.of(Finding.block(
                        "MSSQL-SERVICE",
                        t.name(),
                        "systemd says that " + SystemdService.NAME + " is " + state,
                        "active: the service that runs the instance",
                        "see systemctl status " + SystemdService.NAME + " on that host."));
    }

    @Override
    public List<BracketDraft> around(String member, PatchRequest request) {
        return List.of();
    }

    @Override
    public List<BracketDraft> aroundSwitchover() {
        return List.of();
    }

    @Override
    public void takeOut(String member, Runnable fence) {
        movement.suspend(member, fence);
        if (movement.suspended(member) instanceof Verdict.Holds
                && !service(member).isDown()) {
            fence.run();
            service(member).stop();
        }
    }

    @Override
    public Verdict isOut(String member) {
        Verdict suspended = movement.suspended(member);
        if (!(suspended instanceof Verdict.Holds)) {
            return suspended;
        }
        SystemdService service = service(member);
        String state = service.state();
        if (state.equals("deactivating")) {
            return Verdict.notYet(new Blocked(
                    SystemdService.NAME + " of " + member + " is " + state,
                    "its end",
                    "the server, which writes what it has",
                    SOON));
        }
        return service.isDown()
                ? Verdict.holds()
                : Verdict.again(SystemdService.NAME + " of " + member + " is " + state);
    }

    @Override
    void putBack(String member, Runnable fence, Consumer<String> progress) {
        startWhenDown(member, fence, progress);
        Admission.ask(engine, member, member + " does not go back into service");
        movement.resume(member, fence);
    }
}
