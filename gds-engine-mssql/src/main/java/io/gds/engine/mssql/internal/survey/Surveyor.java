package io.gds.engine.mssql.internal.survey;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.sql.InstanceFacts;
import io.gds.engine.mssql.internal.sql.InstanceReader;
import io.gds.engine.mssql.internal.windows.PackageFacts;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks at every server of a fleet, many at a time. Whoever does not answer is noted and holds nobody up but itself. */
public final class Surveyor {
    private static final String GROUP = "SELECT TOP (1) name FROM sys.availability_groups ORDER BY name";

    private final MssqlEngine engine;

    /** Looks with an engine's connections. */
    public Surveyor(MssqlEngine engine) {
        this.engine = engine;
    }

    /**
     * Looks at servers.
     *
     * @param targets the instances, one or more of a server
     */
    public List<HostSurvey> look(List<TargetSpec> targets) {
        Map<String, List<TargetSpec>> byServer = new LinkedHashMap<>();
        targets.forEach(t ->
                byServer.computeIfAbsent(t.server(), s -> new ArrayList<>()).add(t));
        return SideBySide.ask(List.copyOf(byServer.entrySet()), e -> host(e.getKey(), e.getValue()));
    }

    /** Looks for packages on servers that answered. */
    public List<HostSurvey> packages(List<HostSurvey> hosts, Function<HostSurvey, List<String>> paths) {
        return SideBySide.ask(hosts, host -> host.cluster()
                .map(c -> host.with(c.with(c.nodes().stream()
                        .map(n -> n.with(withPackages(n.host(), paths.apply(host))))
                        .toList())))
                .orElseGet(() -> withPackages(host, paths.apply(host))));
    }

    /** Whoever falls silent now is as silent as one that never answered: it is left out, and nobody else is. */
    private HostSurvey withPackages(HostSurvey host, List<String> paths) {
        try {
            return host.with(twice(() -> packages(host, paths)));
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return new HostSurvey(host.server(), Optional.empty(), said(e), host.instances(), Map.of());
        }
    }

    private Map<String, PackageFacts> packages(HostSurvey host, List<String> paths) {
        Map<String, PackageFacts> seen = new LinkedHashMap<>();
        for (String path : paths) {
            seen.put(path, engine.packagesOf(host.server()).at(path));
        }
        return seen;
    }

    private HostSurvey host(String server, List<TargetSpec> targets) {
        List<InstanceSurvey> instances = targets.stream().map(this::instance).toList();
        Optional<InstanceSurvey> clustered = instances.stream()
                .filter(i -> i.facts().filter(InstanceFacts::isFailoverCluster).isPresent())
                .filter(i -> i.group().isEmpty())
                .findFirst();
        if (clustered.isPresent()) {
            InstanceSurvey i = clustered.get();
            ClusterSurvey cluster = new ClusterSurveyor(engine, address -> host(address, List.of()))
                    .look(i.target(), i.facts().orElseThrow());
            return new HostSurvey(
                    server,
                    Optional.empty(),
                    "it is the network name of a failover cluster",
                    instances,
                    Map.of(),
                    Optional.of(cluster));
        }
        try {
            return new HostSurvey(
                    server, Optional.of(twice(() -> HostReader.read(engine.host(server)))), "", instances, Map.of());
        } catch (GdsDatabaseException e) {
            return new HostSurvey(server, Optional.empty(), said(e), instances, Map.of());
        }
    }

    /** A connection that is cut once is no reason to leave a server out. */
    private static <T> T twice(Supplier<T> question) {
        try {
            return question.get();
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return question.get();
        }
    }

    private InstanceSurvey instance(TargetSpec target) {
        try {
            InstanceFacts facts = InstanceReader.facts(engine.access(target.name()));
            Optional<String> group = facts.isInGroups() ? group(target) : Optional.empty();
            return new InstanceSurvey(target, Optional.of(facts), "", group);
        } catch (GdsDatabaseException e) {
            return new InstanceSurvey(target, Optional.empty(), said(e), Optional.empty());
        }
    }

    private Optional<String> group(TargetSpec target) {
        return engine.access(target.name()).call("reading its groups", statement -> {
            try (ResultSet r = statement.executeQuery(GROUP)) {
                return r.next() ? Optional.of(r.getString(1)) : Optional.empty();
            }
        });
    }

    static String said(GdsDatabaseException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
