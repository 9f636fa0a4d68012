package io.gds.engine.mongo.internal.clone;

import io.gds.database.ClusterClone;
import io.gds.database.DatabaseEngine;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.CloneContext;
import io.gds.database.spi.CloneDirectory;
import io.gds.database.spi.Command;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.client.Clients;
import io.gds.engine.mongo.internal.config.MongoSpec;
import io.gds.engine.mongo.internal.control.Mongod;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** One clone that exists: an engine of its own with a single member. */
final class MongoClone implements ClusterClone {
    private final MongoEngine source;
    private final CloneDirectory directory;
    private final MongoEngine engine;
    private volatile CloneNote note;

    MongoClone(MongoEngine source, MongoCloning.Opener opener, CloneDirectory directory, CloneNote note) {
        this.source = source;
        this.directory = directory;
        this.note = note;
        ClusterRef reference = new ClusterRef("mongo", source.name() + "-" + directory.id(), note.spec());
        Params spec = reference.spec().with("engine", reference.engine()).with("name", reference.name());
        this.engine = opener.open(MongoSpec.of(spec), new CloneContext(reference, source.context()));
    }

    /** Copies, isolates and starts it. */
    void make(CloneSource from, Duration limit) {
        noted(note.locked(true));
        try {
            from.lock();
            noted(note.counts(new CloneData(source.clients(), from.member()).counts()));
            copy(from.dataDir(), from.atMost(limit));
        } finally {
            CloneSource.unlock(source, from.member());
            noted(note.locked(false));
        }
        engine.packages().install(MongoCloning.MEMBER, from.version());
        new CloneServer(engine, directory, note.port(), from).begin();
        try (Clients clients = new CloneKey(engine, directory).clients()) {
            noted(note.hashes(new CloneData(clients, MongoCloning.MEMBER).hashes()));
        }
    }

    /** Whether a note is about this very clone and no other of its name. */
    boolean isOf(CloneNote other) {
        return note.owner().equals(other.owner()) && note.port() == other.port();
    }

    /** Takes what the note says now; another process may have gone on with it. */
    void see(CloneNote now) {
        note = now;
    }

    /** Unlocks the member that it was copied from, when whoever locked it died. */
    void letGo() {
        note.locked().ifPresent(member -> {
            CloneSource.unlock(source, member);
            noted(note.locked(false));
        });
    }

    /** Lets go of its connections; the clone stays. */
    void disconnect() {
        engine.close();
    }

    private void noted(CloneNote changed) {
        directory.write(changed.document());
        note = changed;
    }

    private void copy(String dataDir, Duration limit) {
        engine.shell(MongoCloning.MEMBER)
                .run(Command.of(
                                "cp",
                                "-aL", // a linked journal or database would still be the member's own
                                "--reflink=auto",
                                "--",
                                dataDir,
                                directory.data().toString())
                        .timeout(limit))
                .orElseThrow();
        engine.shell(MongoCloning.MEMBER)
                .run(Command.of(
                        "rm",
                        "-f",
                        "--",
                        directory.data().resolve("mongod.lock").toString()))
                .orElseThrow();
    }

    @Override
    public String id() {
        return directory.id();
    }

    @Override
    public String connectionString() {
        return "mongodb://127.0.0.1:" + note.port() + "/" + engine.spec().database() + "?replicaSet="
                + engine.spec().replicaSet();
    }

    @Override
    public DatabaseEngine engine() {
        return engine;
    }

    @Override
    public List<Finding> validate(EngineVersion version, List<String> smokeQueries) {
        try (Clients clients = new CloneKey(engine, directory).clients()) {
            CloneData data = new CloneData(clients, MongoCloning.MEMBER);
            return new CloneValidation(source.spec(), engine, directory, note, data).findings(version, smokeQueries);
        }
    }

    @Override
    public void close() {
        OptionalLong process = new Mongod(engine, MongoCloning.MEMBER).process();
        if (process.isPresent()) {
            // its data goes with it, so nothing is lost
            engine.shell(MongoCloning.MEMBER).run(Command.of("kill", "-s", "KILL", Long.toString(process.getAsLong())));
        }
        note.locked().ifPresent(member -> CloneSource.unlock(source, member));
        engine.close();
        directory.remove();
    }
}
