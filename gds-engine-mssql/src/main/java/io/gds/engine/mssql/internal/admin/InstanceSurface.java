package io.gds.engine.mssql.internal.admin;

import io.gds.database.Database;
import io.gds.database.EngineMetadata;
import io.gds.database.EngineMetadata.Status;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.sql.InstanceFacts;
import io.gds.engine.mssql.internal.sql.InstanceReader;
import io.gds.engine.mssql.internal.sql.ServerTime;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One instance, seen as a server. Thread-safe. */
public final class InstanceSurface implements MssqlEngine.Surface {
    private static final int DEFAULT_PORT = 1433;

    private final MssqlEngine engine;
    private final TargetSpec target;
    private volatile @Nullable SeenMetadata last;

    /** The surface of an engine whose spec names one instance. */
    public InstanceSurface(MssqlEngine engine) {
        this.engine = engine;
        this.target = engine.spec().targets().get(0);
    }

    /**
     * The metadata of now. When it does not answer, what was last known, with status UNAVAILABLE.
     *
     * @throws GdsDatabaseException with code {@code MSSQL-UNREACHABLE} when it does not answer and never did
     */
    @Override
    public EngineMetadata metadata() {
        try {
            SeenMetadata read = read();
            last = read;
            return read;
        } catch (GdsDatabaseException e) {
            @Nullable SeenMetadata known = last;
            if (known == null || !e.retryable()) {
                throw e;
            }
            return known.withNobodyAnswering();
        }
    }

    private SeenMetadata read() {
        SqlAccess access = access();
        InstanceFacts facts = InstanceReader.facts(access);
        Map<String, String> attributes = IdentityReader.attributes(access, facts);
        Map<String, String> notOnline = InstanceReader.notOnline(access);
        if (!notOnline.isEmpty()) {
            attributes.put("databasesNotOnline", notOnline.toString());
        }
        return new SeenMetadata(
                engine.name(),
                EngineVersion.parse(facts.version()),
                facts.edition(),
                target.server(),
                target.port().orElseGet(() -> port(attributes)),
                Status.AVAILABLE,
                1,
                1,
                attributes);
    }

    /** A named instance is found by the host's SQL Server Browser: where it really listens, it knows itself. */
    private static int port(Map<String, String> attributes) {
        return Integer.parseInt(attributes.getOrDefault("tcpPort", String.valueOf(DEFAULT_PORT)));
    }

    @Override
    public Topology topology() {
        return InstancesTopology.of(engine, MemberRole.PRIMARY);
    }

    @Override
    public Instant serverTime() {
        return access().call("reading its clock", s -> ServerTime.read(s).now());
    }

    @Override
    public List<Database> databases() {
        return new Databases(access(), engine.clock()).all();
    }

    @Override
    public Database database(String name) {
        return new Databases(access(), engine.clock()).named(name);
    }

    private SqlAccess access() {
        return engine.access(target.name());
    }
}
