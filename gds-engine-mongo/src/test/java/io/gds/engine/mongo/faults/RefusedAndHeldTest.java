package io.gds.engine.mongo.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.client.MongoClient;
import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.RunOptions;
import io.gds.database.error.ClaimHeldException;
import io.gds.database.gate.Approval;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Strategy;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import io.gds.database.testkit.faults.Fault;
import io.gds.database.testkit.faults.HostProcess;
import io.gds.samples.mongo.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is refused before anything is touched, what is waited for, and what is taken back. */
@Tag("slow")
class RefusedAndHeldTest {
    private static final String HANG = "hangAfterStartingIndexBuild";

    private static MongoBed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = MongoBed.start(b -> b.setting("heartbeatIntervalMillis", 500).parameter("enableTestCommands", true));
    }

    @AfterAll
    static void stop() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    private static String firstToGoDown(String target) {
        return bed.plan(MongoBed.to(target)).steps().stream()
                .filter(s -> s.action().toString().equals("member.stop@1"))
                .map(s -> s.params().string("member"))
                .findFirst()
                .orElseThrow();
    }

    /** Whoever was away for as long as the spec expects would find no way back by the log of writes. */
    @Test
    void logOfWritesThatIsTooShort() throws Exception {
        Path spec = bed.spec().resolveSibling("long-outage.yaml");
        Files.writeString(spec, Files.readString(bed.spec()) + "memberOutage: P3000D\n");
        try (SetInvariants invariants = SetInvariants.of(bed);
                DatabaseEngine engine = Engines.open(spec)) {
            Plan plan = bed.patcher().plan(engine, MongoBed.to(bed.other()));
            assertThat(plan.findings())
                    .filteredOn(f -> f.severity() == Finding.Severity.BLOCK)
                    .extracting(Finding::id)
                    .containsOnly("MONGO-OPLOG-SHORT");
            assertThatThrownBy(() -> bed.patcher().execute(plan, RunOptions.none(), RunListener.none()))
                    .hasMessageContaining("MONGO-OPLOG-SHORT");
            invariants.untouched();
        }
    }

    /** Each of the two could go down by itself, and the two together could not. */
    @Test
    void wavesThatWouldCostTheMajority() throws Exception {
        try (SetInvariants invariants = SetInvariants.of(bed)) {
            Plan plan = bed.plan(MongoBed.to(bed.other()).strategy(Strategy.waves(2)));
            assertThat(plan.findings())
                    .filteredOn(f -> f.severity() == Finding.Severity.BLOCK)
                    .extracting(Finding::id)
                    .containsOnly("MONGO-MAJORITY");
            assertThatThrownBy(() -> bed.execute(plan, RunListener.none())).hasMessageContaining("MONGO-MAJORITY");
            invariants.untouched();
        }
    }

    @Test
    void indexThatIsBeingBuilt() throws Exception {
        String target = bed.other();
        String first = firstToGoDown(target);
        try (SetInvariants invariants = SetInvariants.of(bed);
                MongoClient client = bed.set().connect()) {
            var shop = client.getDatabase("shop").getCollection("orders");
            shop.insertOne(new Document("text", "x"));
            CompletableFuture<?>[] built = new CompletableFuture<?>[1];
            Fault building = Fault.at(RunEvent.Type.STEP_VERIFIED, "probe-open", () -> {
                hang("alwaysOn");
                built[0] = CompletableFuture.runAsync(() -> shop.createIndex(new Document("text", 1)));
                bed.awaitOperation(bed.set().member(first), "createIndexes");
            });
            Fault over = Fault.at(RunEvent.Type.WAITING, first + "-stop", () -> {
                hang("off");
                built[0].join();
            });
            RunOutcome outcome = bed.patch(MongoBed.to(target), e -> {
                building.onEvent(e);
                over.onEvent(e);
            });
            building.mustHaveHappened();
            over.mustHaveHappened();
            invariants.patched(outcome, target);
            shop.drop();
        }
    }

    private static void hang(String mode) {
        bed.set().primary().run(new Document("configureFailPoint", HANG).append("mode", mode));
    }

    @Test
    void secondOrchestrator() throws Exception {
        String target = bed.other();
        try (SetInvariants invariants = SetInvariants.of(bed);
                HostProcess first = bed.host(target, "STEP_VERIFIED");
                Journal same = Journal.sqlite(bed.journalFile());
                RollingPatcher second = new MongoFaultPatch().patcher(same)) {
            first.await("READY");
            first.tell("run");
            first.await("STOPPED");
            String run = second.runs().list(RunStatus.RUNNING).get(0).run().value();
            Plan plan = bed.plan(MongoBed.to(target));
            ClaimHeldException held = catchThrowableOfType(
                    ClaimHeldException.class, () -> second.execute(plan, RunOptions.none(), RunListener.none()));
            assertThat(held.run()).isEqualTo(run);
            assertThat(held.holder()).contains(":" + first.pid() + ":");
            first.tell("go");
            List<String> line = first.next();
            while (!line.get(0).equals("OUTCOME")) {
                if (line.get(0).equals("STOPPED")) {
                    first.tell("go");
                }
                line = first.next();
            }
            assertThat(line).contains("SUCCEEDED");
            invariants.whole(run);
        }
    }

    @Test
    void finishedPatchIsTakenBackOnRequest() throws Exception {
        try (SetInvariants invariants = SetInvariants.of(bed)) {
            RunOutcome patched =
                    bed.patch(MongoBed.to(bed.other()), RunListener.none()).orElseThrow();
            RunOutcome back = bed.patcher()
                    .rollback(
                            patched.run(),
                            Approval.by("kim").because("the application misbehaves"),
                            RunListener.none());
            invariants.asFound(back, "GDS-ROLLBACK-REQUESTED");
            assertThat(((RunOutcome.RolledBack) back).ledTo()).isEqualTo("as found");
        }
    }

    /** The former primary has the highest priority and has taken the role back; it hands over before its own turn. */
    @Test
    void finishedPatchIsTakenBackAfterAnElection() throws Exception {
        try (MongoBed other = MongoBed.start(
                        b -> b.setting("heartbeatIntervalMillis", 500).member("m1", m -> m.append("priority", 2)));
                SetInvariants invariants = SetInvariants.of(other)) {
            RunOutcome patched =
                    other.patch(MongoBed.to(MongoBed.NEW), RunListener.none()).orElseThrow();
            Await.until(
                    "m1 takes the role back",
                    Duration.ofMinutes(4),
                    () -> other.set().member("m1").run(new Document("hello", 1)).getBoolean("isWritablePrimary", false)
                            ? ""
                            : "it does not");
            RunOutcome back = other.patcher()
                    .rollback(
                            patched.run(),
                            Approval.by("kim").because("the application misbehaves"),
                            RunListener.none());
            invariants.asFound(back, "GDS-ROLLBACK-REQUESTED");
        }
    }
}
