package io.gds.engine.mongo.contract;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.testkit.EngineFixture;
import io.gds.database.version.EngineVersion;
import io.gds.samples.mongo.MongodBinaries;
import io.gds.samples.mongo.ReplicaSet;
import io.gds.samples.mongo.ReplicaSetMember;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Assumptions;

/** Three real servers, looked at through plain clients. */
final class MongoFixture implements EngineFixture {
    private final ReplicaSet set;
    private final Path directory;
    private final DatabaseEngine engine;
    private final Journal journal;
    private final RollingPatcher patcher;

    MongoFixture() {
        Optional<MongodBinaries> binaries = MongodBinaries.find();
        Assumptions.assumeTrue(binaries.isPresent(), "no mongod: name a directory by " + MongodBinaries.HOME_VARIABLE);
        set = ReplicaSet.builder(binaries.orElseThrow())
                .version("6.0.5")
                .alsoInstalled("6.0.27")
                .name("contract")
                .start();
        try {
            directory = Files.createTempDirectory("gds-mongo-contract-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path spec = directory.resolve("contract.yaml");
        set.writeSpec(spec);
        engine = Engines.open(spec);
        journal = Journal.sqlite(directory.resolve("runs.db"));
        patcher = RollingPatcher.create(journal);
    }

    @Override
    public DatabaseEngine engine() {
        return engine;
    }

    @Override
    public RollingPatcher patcher() {
        return patcher;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    /** Real servers need real time. */
    @Override
    public void pass(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    @Override
    public List<String> members() {
        return set.members().stream().map(ReplicaSetMember::name).toList();
    }

    private static Optional<Document> ask(ReplicaSetMember member, String command) {
        try {
            return Optional.of(member.run(new Document(command, 1)));
        } catch (MongoException e) {
            return Optional.empty(); // it does not answer, which is what was asked
        }
    }

    @Override
    public Optional<EngineVersion> running(String member) {
        ReplicaSetMember m = set.member(member);
        return m.isRunning()
                ? ask(m, "buildInfo").map(d -> EngineVersion.parse(d.getString("version")))
                : Optional.empty();
    }

    @Override
    public String primary() {
        return set.findPrimary().map(ReplicaSetMember::name).orElse("none");
    }

    @Override
    public boolean isWritable() {
        try (MongoClient client = set.connect()) {
            client.getDatabase("contract")
                    .getCollection("fixture")
                    .withWriteConcern(WriteConcern.MAJORITY.withWTimeout(10, TimeUnit.SECONDS))
                    .insertOne(new Document());
            return true;
        } catch (MongoException e) {
            return false;
        }
    }

    /** Every election that somebody won has a term of its own; the first is 1. */
    @Override
    public OptionalLong promotions() {
        return set.findPrimary()
                .flatMap(p -> ask(p, "replSetGetStatus"))
                .map(d -> OptionalLong.of(((Number) d.get("term")).longValue() - 1))
                .orElse(OptionalLong.empty());
    }

    @Override
    public boolean electsByItself() {
        return true;
    }

    @Override
    public Optional<String> incarnation(String member) {
        OptionalLong pid = set.member(member).pid();
        return pid.isPresent() ? Optional.of(Long.toString(pid.getAsLong())) : Optional.empty();
    }

    @Override
    public void kill(String member) {
        set.member(member).kill();
    }

    @Override
    public void restart(String member) {
        set.member(member).start();
    }

    @Override
    public EngineVersion target() {
        return EngineVersion.parse("6.0.27");
    }

    @Override
    public void close() {
        patcher.close();
        journal.close();
        engine.close();
        set.close();
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
