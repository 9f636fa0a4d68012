package io.gds.engine.mssql.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Urgency;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.group.ClusterType;
import io.gds.engine.mssql.internal.group.GroupConfig;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.group.InstanceView;
import io.gds.engine.mssql.internal.hotfix.HotfixActions;
import io.gds.engine.mssql.internal.hotfix.MemberFindings;
import io.gds.engine.mssql.internal.hotfix.MemberPackages;
import io.gds.engine.mssql.internal.hotfix.SetupWork;
import io.gds.engine.mssql.internal.member.MemberHosts;
import io.gds.engine.mssql.internal.survey.HostReader;
import io.gds.engine.mssql.internal.survey.RegisteredInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Hosts with Windows: data movement is suspended for a setup that stops and starts the service by itself. */
final class WindowsHosts implements MemberHosts {
    private final MssqlEngine engine;
    private final MemberPackages packages;
    private final Movement movement;
    private final HostRestart restart;

    WindowsHosts(MssqlEngine engine) {
        this.engine = engine;
        this.packages = new MemberPackages(engine);
        this.movement = new Movement(engine);
        this.restart = new HostRestart(engine);
    }

    @Override
    public List<Finding> fits(GroupViews views) {
        List<Finding> out = new ArrayList<>();
        for (InstanceView v : views.all()) {
            if (!v.facts().isWindows()) {
                out.add(
                        Finding.block(
                                "MSSQL-NOT-WINDOWS",
                                v.name(),
                                "it runs on Linux, and packages.mapping is for Windows",
                                "a host with Windows",
                                "give packages.type and a shell of Linux hosts instead, and pacemaker where that decides who leads."));
            }
        }
        for (GroupView g : views.groups()) {
            if (g.config()
                    .map(GroupConfig::cluster)
                    .filter(ClusterType.EXTERNAL::equals)
                    .isPresent()) {
                out.add(Finding.block(
                        "MSSQL-EXTERNAL-CLUSTER",
                        g.name(),
                        "its cluster type is EXTERNAL, and the spec says nothing of that cluster",
                        "WSFC or NONE, or pacemaker in the spec",
                        "add pacemaker: {resource: ...} and packages.type to the spec."));
            }
        }
        return List.copyOf(out);
    }

    @Override
    public List<Finding> findings(EngineVersion target) {
        return new MemberFindings(engine, packages, target).all();
    }

    @Override
    public Optional<EngineVersion> installed(String member) {
        return packages.installed(member);
    }

    @Override
    public Params details(String member, EngineVersion version) {
        return packages.details(member, version);
    }

    @Override
    public boolean downloads() {
        return false;
    }

    @Override
    public void download(String member, EngineVersion version) {}

    @Override
    public void install(String member, EngineVersion version, SetupWork work) {
        packages.install(member, version, work);
    }

    @Override
    public Params told(String member, EngineVersion version, SetupWork work) {
        return packages.told(member, version, work);
    }

    @Override
    public Optional<String> underWay(String member, SetupWork work) {
        return packages.underWay(member, work);
    }

    @Override
    public List<BracketDraft> around(String member, PatchRequest request) {
        TargetSpec t = engine.access(member).target();
        Params open = Params.of(
                        "server",
                        t.server(),
                        "instances",
                        List.of(t.instanceName().toUpperCase(Locale.ROOT)))
                .with("largestPackage", new MemberFindings(engine, packages, request.target()).largest(member))
                .with("restartAllowed", false);
        return List.of(new BracketDraft(
                "host",
                "Mark the host of " + member + " as worked on, when nothing speaks against it",
                HotfixActions.begin(),
                open,
                HotfixActions.end(),
                Params.of("server", t.server()),
                Urgency.CALM));
    }

    @Override
    public List<BracketDraft> aroundSwitchover() {
        return List.of();
    }

    @Override
    public void takeOut(String member, Runnable fence) {
        movement.suspend(member, fence);
    }

    @Override
    public Verdict isOut(String member) {
        return movement.suspended(member);
    }

    @Override
    public void putBack(String member, StepContext<?> c) {
        restart.whenItIsWaitedFor(member, c);
        stopped(member).ifPresent(service -> {
            c.fence();
            c.progress("starts " + service + " on "
                    + engine.access(member).target().server());
            start(member, service);
        });
        movement.resume(member, c::fence);
    }

    @Override
    public Optional<String> stopped(String member) {
        TargetSpec t = engine.access(member).target();
        try {
            return HostReader.instances(engine.host(t.server())).stream()
                    .filter(i -> i.name().equalsIgnoreCase(t.instanceName()))
                    .filter(i -> i.serviceState().equals("Stopped"))
                    .map(RegisteredInstance::service)
                    .findFirst();
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    @Override
    public void start(String member, String service) {
        engine.host(engine.access(member).target().server())
                .ask("service", Params.of("service", service, "wanted", "Running"));
    }
}
