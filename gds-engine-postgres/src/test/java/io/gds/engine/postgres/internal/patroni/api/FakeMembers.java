package io.gds.engine.postgres.internal.patroni.api;

import io.gds.engine.postgres.internal.patroni.api.FakeCluster.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Three fake members n1 (leader), n2, n3, and the client that talks to them. */
final class FakeMembers implements AutoCloseable {
    static final ApiAccess PATIENT = ApiAccess.OPEN.withTimeouts(new ApiTimeouts(
            Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20)));
    /** For calls that are meant to run into their deadline. */
    static final ApiAccess HASTY = ApiAccess.OPEN.withTimeouts(new ApiTimeouts(
            Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2)));

    final FakeCluster cluster;
    final PatroniApis apis;
    private final Map<String, FakePatroni> servers = new LinkedHashMap<>();

    FakeMembers(Version version) {
        this(version, PATIENT);
    }

    FakeMembers(Version version, ApiAccess access) {
        this.cluster = new FakeCluster(version, "n1", "n2", "n3");
        List<ApiTarget> targets = new ArrayList<>();
        for (String name : cluster.members) {
            FakePatroni server = new FakePatroni(cluster, name);
            servers.put(name, server);
            targets.add(server.target());
        }
        this.apis = new PatroniApis(targets, access);
    }

    FakePatroni server(String name) {
        return servers.get(name);
    }

    PatroniApi api(String name) {
        return apis.member(name);
    }

    @Override
    public void close() throws IOException {
        apis.close();
        for (FakePatroni each : servers.values()) {
            each.close();
        }
    }
}
