package io.gds.engine.postgres.internal;

import io.gds.database.Secret;
import io.gds.database.plan.Params;
import io.gds.engine.postgres.internal.assembly.PostgresProvider;
import io.gds.samples.embedded.EmbeddedCluster;
import io.gds.samples.embedded.EmbeddedClusterBuilder;
import io.gds.samples.embedded.Member;
import io.gds.samples.embedded.PostgresBinaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Real servers and the engine that administers them. */
final class Cluster implements AutoCloseable {
    private static final Map<String, Cluster> SHARED = new ConcurrentHashMap<>();

    final EmbeddedCluster servers;
    final Params spec;
    final PostgresEngine engine;

    private Cluster(EmbeddedCluster servers, Params spec) {
        this.servers = servers;
        this.spec = spec;
        this.engine = open(spec);
    }

    static Cluster start(String version, int members, UnaryOperator<EmbeddedClusterBuilder> more) {
        EmbeddedClusterBuilder builder = EmbeddedCluster.builder(PostgresBinaries.find())
                .version(version)
                .members(members);
        EmbeddedCluster servers = more.apply(builder).start();
        return new Cluster(servers, spec(servers));
    }

    /** One server of a version for all test classes; it ends with the process. */
    static Cluster shared(String version) {
        return SHARED.computeIfAbsent(version, v -> start(v, 1, b -> b));
    }

    static PostgresEngine open(Params spec) {
        return new PostgresProvider().open(spec, new TestContext(spec));
    }

    /** The same cluster without a shell, and so without pg_dump and power. */
    PostgresEngine withoutShell() {
        Map<String, Object> less = new TreeMap<>(spec.asMap());
        less.remove("shell");
        return open(Params.of(less));
    }

    private static Params spec(EmbeddedCluster servers) {
        List<Params> members = new ArrayList<>();
        for (Member m : servers.members()) {
            members.add(Params.of(Map.of(
                    "name", m.name(),
                    "host", m.host(),
                    "port", m.port(),
                    "dataDir", m.dataDir().toString(),
                    "logFile", m.logFile().toString())));
        }
        Params shell = servers.serverUser()
                .map(user -> Params.of("type", "local", "user", user))
                .orElse(Params.of("type", "local"));
        Map<String, Object> values = new TreeMap<>();
        values.put("engine", "postgres");
        values.put("name", servers.name());
        values.put("environment", "test");
        values.put(
                "connection",
                Params.of("database", "app", "user", "postgres", "password", "file:" + servers.secretFile()));
        values.put("members", members);
        values.put(
                "packages",
                Params.of(
                        "type",
                        "directories",
                        "root",
                        servers.versionsDir().toString(),
                        "link",
                        servers.workDir() + "/{member}/current"));
        values.put("shell", shell);
        return Params.of(values);
    }

    Secret password() {
        try {
            return Secret.of(Files.readString(servers.secretFile()).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        engine.close();
        servers.close();
    }
}
