package io.gds.engine.mongo.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.gds.database.CloneRequest;
import io.gds.database.Cloning;
import io.gds.database.ClusterClone;
import io.gds.database.DatabaseEngine;
import io.gds.database.core.Rehearsal;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.gate.Gates;
import io.gds.database.plan.Plan;
import io.gds.database.plan.UpgradeRequest;
import io.gds.database.run.RunListener;
import io.gds.database.testkit.faults.HostProcess;
import io.gds.database.version.EngineVersion;
import io.gds.samples.mongo.ReplicaSet;
import io.gds.samples.mongo.ReplicaSetMember;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ephemeral copies of a real set that goes on being written to. */
@Tag("slow")
class CloneTest {
    @TempDir
    private static Path clones;

    private static MongoBed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = MongoBed.start(
                b -> b.version("5.0.4").alsoInstalled("6.0.5", "6.0.27").setting("heartbeatIntervalMillis", 500),
                "clone: {directory: " + clones + "}\n");
        try (MongoClient client = bed.set().connect()) {
            var shop = client.getDatabase("shop").getCollection("orders");
            for (int i = 0; i < 50; i++) {
                shop.insertOne(new Document("_id", i).append("text", "x".repeat(1000)));
            }
            shop.createIndex(new Document("text", 1));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    private static void nothingIsLeft() throws Exception {
        try (Stream<Path> left = Files.list(clones)) {
            assertThat(left).isEmpty();
        }
        assertThat(ProcessHandle.allProcesses().filter(p -> p.info()
                        .arguments()
                        .map(a -> String.join(" ", a).contains(clones.toString()))
                        .orElse(false)))
                .isEmpty();
        for (ReplicaSetMember m : bed.set().members()) {
            assertThat(m.run(new Document("currentOp", 1)).getBoolean("fsyncLock", false))
                    .as(m + " is locked")
                    .isFalse();
        }
    }

    @Test
    void isFaithfulAndKnowsNothingOfTheSet() throws Exception {
        ReplicaSet set = bed.set();
        try (DatabaseEngine engine = bed.open();
                MajorityLoad load = MajorityLoad.start(set)) {
            load.awaitProgress();
            Cloning cloning = engine.facet(Cloning.class).orElseThrow();
            try (ClusterClone clone = cloning.cloneCluster(CloneRequest.named("faithful"))) {
                int port = URI.create(clone.connectionString()).getPort();
                try (MongoClient client = MongoClients.create(clone.connectionString())) {
                    assertThat(client.getDatabase("shop")
                                    .getCollection("orders")
                                    .countDocuments())
                            .isEqualTo(50);
                    assertThat(client.getDatabase("bench").getCollection("load").countDocuments())
                            .isPositive();
                    client.getDatabase("shop").getCollection("orders").insertOne(new Document("_id", "only here"));
                }
                assertThat(clone.engine().topology().systemId())
                        .isNotEqualTo(engine.topology().systemId());
                assertThat(clone.validate(EngineVersion.parse("5.0.4"), List.of("{\"count\": \"orders\"}")))
                        .as("it was written to, and that is seen")
                        .extracting(f -> f.id())
                        .containsOnly("MONGO-CLONE-COUNT", "MONGO-CLONE-HASH");
                for (ReplicaSetMember m : set.members()) {
                    assertThat(Files.readString(m.logFile()))
                            .as("the log of " + m)
                            .doesNotContain("127.0.0.1:" + port);
                    assertThat(Files.readString(clones.resolve("gds-clone-orders-faithful/server.log")))
                            .as("the log of the clone")
                            .doesNotContain(m.address());
                }
            }
            load.awaitProgress();
            assertThat(load.failures()).isEmpty();
            assertThat(load.wrong()).isEmpty();
        }
        nothingIsLeft();
    }

    @Test
    void upgradeIsRehearsedWithItsEnd() throws Exception {
        try (DatabaseEngine engine = bed.open()) {
            Plan plan = bed.patcher()
                    .plan(
                            engine,
                            UpgradeRequest.to("6.0.27")
                                    .like(MongoBed.to("6.0.27"))
                                    .burnIn(Duration.ZERO)
                                    .finishWhen(Gates.elapsed(Duration.ZERO)));
            Rehearsal result =
                    bed.patcher().rehearse(plan, List.of("{\"find\": \"orders\", \"limit\": 1}"), RunListener.none());
            assertThat(result.outcome().isSuccess())
                    .as(result.outcome().toString())
                    .isTrue();
            assertThat(result.plan().estimates().total())
                    .as("measured durations")
                    .isPositive();
            assertThat(bed.set().members())
                    .extracting(ReplicaSetMember::runningVersion)
                    .containsOnly("5.0.4");
            Document compatibility = bed.set()
                    .primary()
                    .run(new Document("getParameter", 1).append("featureCompatibilityVersion", 1))
                    .get("featureCompatibilityVersion", Document.class);
            assertThat(compatibility).containsEntry("version", "5.0");
        }
        nothingIsLeft();
    }

    @Test
    void whoeverMadeItDiesAndTheNextOneRemovesIt() throws Exception {
        try (HostProcess host = HostProcess.launch(bed.spec(), bed.journalFile(), MongoFaultPatch.class, "6.0.5", "");
                DatabaseEngine engine = bed.open()) {
            host.await("READY");
            host.tell("clone orphan");
            host.await("CLONED");
            host.kill();
            Cloning cloning = engine.facet(Cloning.class).orElseThrow();
            assertThat(cloning.clones()).containsExactly("orphan");
            assertThat(cloning.sweepClones()).containsExactly("orphan");
        }
        nothingIsLeft();
    }

    @Test
    void whoeverMakesItDiesInTheMiddleAndTheNextOneUnlocksTheMember() throws Exception {
        try (HostProcess host = HostProcess.launch(bed.spec(), bed.journalFile(), MongoFaultPatch.class, "6.0.5", "");
                DatabaseEngine engine = bed.open()) {
            host.await("READY");
            host.tell("clone half");
            Path note = clones.resolve("gds-clone-orders-half/clone.json");
            while (!Files.exists(note) || !Files.readString(note).contains("\"locked\":true")) {
                Thread.onSpinWait();
            }
            host.kill();
            assertThat(engine.facet(Cloning.class).orElseThrow().sweepClones()).containsExactly("half");
        }
        nothingIsLeft();
    }

    @Test
    void setWithoutASecondaryToSpareIsNotCopied() throws Exception {
        try (MongoBed pair = MongoBed.start(b -> b.members(2), "clone: {directory: " + clones + "}\n");
                DatabaseEngine engine = pair.open()) {
            Cloning cloning = engine.facet(Cloning.class).orElseThrow();
            assertThatThrownBy(() -> cloning.cloneCluster(CloneRequest.named("no")))
                    .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.code())
                            .isEqualTo("GDS-CLONE-REFUSED"))
                    .hasMessageContaining("majority writes would wait");
        }
        nothingIsLeft();
    }

    /** What is behind a link is the member's own: a clone that followed it would write into a server that runs. */
    @Test
    void journalThatIsALinkStaysTheMembersOwn() throws Exception {
        try (MongoBed linked = MongoBed.start(
                        b -> b.setting("heartbeatIntervalMillis", 500)
                                .member("m3", m -> m.append("hidden", true).append("priority", 0)),
                        "clone: {directory: " + clones + "}\n");
                DatabaseEngine engine = linked.open()) {
            ReplicaSetMember hidden = linked.set().member("m3");
            hidden.shutDown();
            Path elsewhere = hidden.home().resolve("journal-elsewhere");
            Files.move(hidden.dataDir().resolve("journal"), elsewhere);
            Files.createSymbolicLink(hidden.dataDir().resolve("journal"), elsewhere);
            hidden.start();
            linked.set().awaitHealthy();
            try (ClusterClone clone =
                    engine.facet(Cloning.class).orElseThrow().cloneCluster(CloneRequest.named("linked"))) {
                assertThat(clones.resolve("gds-clone-orders-linked/data/journal"))
                        .isDirectory()
                        .satisfies(p -> assertThat(Files.isSymbolicLink(p)).isFalse());
                assertThat(clone.validate(EngineVersion.parse(MongoBed.OLD), List.of()))
                        .isEmpty();
            }
            hidden.kill();
            hidden.start();
            linked.set().awaitHealthy();
        }
        nothingIsLeft();
    }
}
