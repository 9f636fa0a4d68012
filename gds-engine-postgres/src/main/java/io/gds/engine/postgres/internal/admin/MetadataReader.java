package io.gds.engine.postgres.internal.admin;

import io.gds.database.EngineMetadata.Status;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.topology.Member;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.PostgresMetadata;
import io.gds.engine.postgres.internal.config.HostPort;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.sql.Connections;
import io.gds.engine.postgres.internal.topology.TopologyReader;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes metadata of the topology and a few settings. Thread-safe. */
public final class MetadataReader {
    private static final String SETTINGS =
            """
            SELECT name, coalesce(current_setting(name, true), '') AS value FROM pg_settings
             WHERE name IN ('data_checksums', 'server_encoding', 'cluster_name', 'wal_level', 'synchronous_standby_names',
                            'block_size', 'wal_segment_size', 'max_connections', 'shared_preload_libraries', 'TimeZone')
            """;

    private final PostgresSpec spec;
    private final Connections connections;
    private final TopologyReader topology;
    private volatile @Nullable ClusterMetadata last;

    /** A reader for a cluster. */
    public MetadataReader(PostgresSpec spec, Connections connections, TopologyReader topology) {
        this.spec = spec;
        this.connections = connections;
        this.topology = topology;
    }

    /**
     * The metadata of now. When nobody answers, what was last known, with status UNAVAILABLE.
     *
     * @throws GdsDatabaseException with code {@code GDS-CONNECTION} when nobody answers and nobody ever did
     */
    public PostgresMetadata read() {
        Topology now = topology.read();
        List<Member> answering =
                now.members().stream().filter(Member::reachable).toList();
        if (answering.isEmpty()) {
            return nobody();
        }
        Optional<Member> primary = now.primary();
        Member shown = primary.orElse(answering.get(0));
        HostPort address = spec.member(shown.name()).address();
        Map<String, String> attributes = settings(shown.name());
        boolean complete =
                primary.isPresent() && answering.size() == spec.members().size();
        ClusterMetadata read = new ClusterMetadata(
                spec.name(),
                version(primary, answering),
                address.host(),
                address.port(),
                complete ? Status.AVAILABLE : Status.DEGRADED,
                String.valueOf(shown.attributes().get("systemId")),
                primary.flatMap(p -> Optional.ofNullable(p.attributes().get("timeline")))
                        .map(t -> OptionalLong.of(Long.parseLong(t)))
                        .orElse(OptionalLong.empty()),
                "on".equals(attributes.get("data_checksums")),
                primary.flatMap(p -> Optional.ofNullable(p.attributes().get("startedAt")))
                        .map(Instant::parse),
                spec.members().size(),
                answering.size(),
                attributes);
        last = read;
        return read;
    }

    private ClusterMetadata nobody() {
        @Nullable ClusterMetadata known = last;
        if (known != null) {
            return known.withNobodyAnswering();
        }
        throw GdsDatabaseException.environment("GDS-CONNECTION")
                .message("no member of " + spec.name() + " answers, so its version is not known.")
                .remedy("start a member, or check the addresses of the spec.")
                .retryable()
                .build();
    }

    private static EngineVersion version(Optional<Member> primary, List<Member> answering) {
        return primary.flatMap(Member::version)
                .or(() -> answering.stream().flatMap(m -> m.version().stream()).min(Comparator.naturalOrder()))
                .orElseThrow(() -> new IllegalStateException("a member that answered told its version"));
    }

    private Map<String, String> settings(String member) {
        Map<String, String> all = new TreeMap<>();
        connections
                .onMember(member, s -> s.query(SETTINGS, row -> Map.entry(row.text("name"), row.text("value"))))
                .forEach(e -> all.put(e.getKey(), e.getValue()));
        all.put("environment", spec.environment());
        return all;
    }
}
