package io.gds.engine.mssql.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.PackageManager;
import io.gds.database.spi.StepContext;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.group.InstanceView;
import io.gds.engine.mssql.internal.hotfix.SetupWork;
import io.gds.engine.mssql.internal.member.MemberHosts;
import io.gds.engine.mssql.internal.member.SystemdService;
import io.gds.engine.mssql.internal.pacemaker.Pacemaker;
import io.gds.engine.mssql.internal.survey.SideBySide;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Hosts with Linux: the service is stopped, packages of the distribution are exchanged, the service is started. */
abstract class LinuxHosts implements MemberHosts {
    private final MssqlEngine engine;
    private final PackageManager packages;

    LinuxHosts(MssqlEngine engine) {
        this.engine = engine;
        this.packages = engine.packages();
    }

    /** As the spec has a Pacemaker cluster or none. */
    static LinuxHosts of(MssqlEngine engine) {
        return Pacemaker.of(engine)
                .<LinuxHosts>map(p -> new PacemakerHosts(engine, p))
                .orElseGet(() -> new ClusterlessHosts(engine));
    }

    /** What speaks against an update of any member beside its packages. Reads only. */
    abstract List<Finding> surroundings();

    /** Whether the groups are of the kind that the spec speaks of. Reads only. */
    abstract List<Finding> groupsFit(GroupViews views);

    /** Puts an instance back into service; what is done is told as it is begun. */
    abstract void putBack(String member, Runnable fence, Consumer<String> progress);

    final SystemdService service(String member) {
        return new SystemdService(engine.shell(engine.access(member).target().server()));
    }

    final void startWhenDown(String member, Runnable fence, Consumer<String> progress) {
        if (service(member).isDown()) {
            fence.run();
            progress.accept("starts " + SystemdService.NAME + " on "
                    + engine.access(member).target().server());
            service(member).start();
        }
    }

    @Override
    public final List<Finding> fits(GroupViews views) {
        List<Finding> out = new ArrayList<>();
        for (InstanceView v : views.all()) {
            if (v.facts().isWindows()) {
                out.add(Finding.block(
                        "MSSQL-NOT-LINUX",
                        v.name(),
                        "it runs on Windows, and packages.type is for Linux",
                        "a host with Linux",
                        "give packages.mapping and a shell of Windows hosts instead."));
            }
        }
        out.addAll(groupsFit(views));
        return List.copyOf(out);
    }

    @Override
    public final List<Finding> findings(EngineVersion target) {
        List<Finding> out = new ArrayList<>(surroundings());
        SideBySide.ask(engine.spec().targets(), t -> look(t, target)).forEach(out::addAll);
        return List.copyOf(out);
    }

    /** What the packages of one host say. */
    final List<Finding> look(TargetSpec t, EngineVersion target) {
        try {
            return packages.preFlight(t.name(), target);
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return List.of(Finding.block(
                    "MSSQL-HOST",
                    t.name(),
                    String.valueOf(e.getMessage()),
                    "an answer of its host",
                    "see why it does not answer."));
        }
    }

    @Override
    public final Optional<EngineVersion> installed(String member) {
        return packages.installed(member);
    }

    @Override
    public final Params details(String member, EngineVersion version) {
        List<String> changes = packages.changes(member, version);
        return changes.isEmpty() ? Params.empty() : Params.of("changes", changes);
    }

    @Override
    public final boolean downloads() {
        return true;
    }

    @Override
    public final void download(String member, EngineVersion version) {
        packages.download(member, version);
    }

    @Override
    public final void install(String member, EngineVersion version, SetupWork work) {
        packages.install(member, version);
    }

    /** An installation that broke off, or goes on: the package manager tells no version then, and finishes it when it is called again. */
    @Override
    public final Optional<String> underWay(String member, SetupWork work) {
        return isBroken(member)
                ? Optional.of("an installation of packages that has not come to its end")
                : Optional.empty();
    }

    /** Whether packages are half installed. */
    final boolean isBroken(String member) {
        return packages.installed(member).isEmpty();
    }

    @Override
    public final void putBack(String member, StepContext<?> c) {
        putBack(member, c::fence, c::progress);
    }

    @Override
    public final Optional<String> stopped(String member) {
        try {
            return service(member).isDown() ? Optional.of(SystemdService.NAME) : Optional.empty();
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    @Override
    public final void start(String member, String service) {
        service(member).start();
    }
}
