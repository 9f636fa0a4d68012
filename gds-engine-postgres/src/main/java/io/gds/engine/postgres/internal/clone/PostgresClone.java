package io.gds.engine.postgres.internal.clone;

import io.gds.database.ClusterClone;
import io.gds.database.DatabaseEngine;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.CloneContext;
import io.gds.database.spi.CloneDirectory;
import io.gds.database.spi.Command;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Host;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** One clone that exists: an engine of its own with a single member. */
final class PostgresClone implements ClusterClone {
    private static final String MEMBER = "clone";

    private final CloneDirectory directory;
    private final Params note;
    private final PostgresEngine engine;

    PostgresClone(PostgresEngine source, PostgresCloning.Opener opener, CloneDirectory directory, Params note) {
        this.directory = directory;
        this.note = note;
        ClusterRef reference = new ClusterRef("postgres", source.name() + "-" + directory.id(), note.object("spec"));
        Params spec = reference.spec().with("engine", reference.engine()).with("name", reference.name());
        this.engine = opener.open(spec, new CloneContext(reference, source.context()));
    }

    int port() {
        return Math.toIntExact(note.integer("port"));
    }

    void start(EngineVersion version) {
        engine.packages().orElseThrow().install(MEMBER, version);
        new Host(engine, MEMBER).start();
    }

    @Override
    public String id() {
        return directory.id();
    }

    @Override
    public String connectionString() {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/"
                + engine.spec().connection().database();
    }

    @Override
    public DatabaseEngine engine() {
        return engine;
    }

    @Override
    public List<Finding> validate(EngineVersion version, List<String> smokeQueries) {
        return new CloneValidation(engine, MEMBER, version).findings(smokeQueries);
    }

    @Override
    public void close() {
        Host host = new Host(engine, MEMBER);
        OptionalLong pid = directory.data().toFile().exists() ? host.postmaster() : OptionalLong.empty();
        if (pid.isPresent()) {
            engine.shell(MEMBER)
                    .run(asServer(Command.of(
                                    engine.packages().orElseThrow().programs(MEMBER) + "/pg_ctl",
                                    "stop",
                                    "-D",
                                    dataDir(),
                                    "-m",
                                    "immediate",
                                    "-w",
                                    "-s",
                                    "-t",
                                    "30")
                            .timeout(Duration.ofSeconds(40))));
        }
        engine.close();
        directory.remove();
    }

    private String dataDir() {
        return engine.layout().dataDir(MEMBER);
    }

    private Command asServer(Command c) {
        return engine.spec().serverUser().map(c::as).orElse(c);
    }
}
