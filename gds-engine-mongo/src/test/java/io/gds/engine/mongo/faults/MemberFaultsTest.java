package io.gds.engine.mongo.faults;

import io.gds.database.run.RunEvent;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.faults.Fault;
import io.gds.samples.mongo.Await;
import io.gds.samples.mongo.ReplicaSetMember;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Members die, fall behind and refuse to start while a set is patched. */
@Tag("slow")
class MemberFaultsTest {
    private static MongoBed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = MongoBed.start(b -> b.setting("heartbeatIntervalMillis", 500).setting("electionTimeoutMillis", 3000));
    }

    @AfterAll
    static void stop() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    private static RunOutcome patch(String target, Fault fault) throws Exception {
        RunOutcome outcome = bed.patch(MongoBed.to(target), fault);
        fault.mustHaveHappened();
        return outcome;
    }

    /** The first follower in the plan's order, and the second. */
    private static String follower(int which, String target) {
        return bed.plan(MongoBed.to(target)).steps().stream()
                .filter(s -> s.action().toString().equals("member.stop@1"))
                .map(s -> s.params().string("member"))
                .toList()
                .get(which);
    }

    @Test
    void memberKilledWhileItIsPatched() throws Exception {
        String target = bed.other();
        String first = follower(0, target);
        try (SetInvariants invariants = SetInvariants.of(bed)) {
            Fault killed = Fault.at(RunEvent.Type.STEP_APPLIED, first + "-start", () -> bed.set()
                    .member(first)
                    .kill());
            invariants.patched(patch(target, killed), target);
        }
    }

    /** One of three is left: it steps down, and nobody writes until the patched one is back. */
    @Test
    void otherMemberKilledMeanwhile() throws Exception {
        String target = bed.other();
        String first = follower(0, target);
        String second = follower(1, target);
        try (SetInvariants invariants = SetInvariants.of(bed)) {
            Fault killed = Fault.at(RunEvent.Type.STEP_VERIFIED, first + "-install", () -> bed.set()
                    .member(second)
                    .kill());
            invariants.patched(patch(target, killed), target);
        }
    }

    @Test
    void primaryKilledWhileAMemberIsPatched() throws Exception {
        String target = bed.other();
        String first = follower(0, target);
        try (SetInvariants invariants = SetInvariants.of(bed)) {
            Fault killed = Fault.at(RunEvent.Type.STEP_VERIFIED, first + "-install", () -> bed.set()
                    .primary()
                    .kill());
            invariants.patched(patch(target, killed), target);
        }
    }

    @Test
    void primaryKilledBeforeItsTurn() throws Exception {
        String target = bed.other();
        String second = follower(1, target);
        try (SetInvariants invariants = SetInvariants.of(bed)) {
            Fault killed = Fault.at(RunEvent.Type.STEP_VERIFIED, second + "-start", () -> bed.set()
                    .primary()
                    .kill());
            invariants.patched(patch(target, killed), target);
        }
    }

    @Test
    void newPrimaryKilledWhileTheFormerOneIsPatched() throws Exception {
        String target = bed.other();
        String former = bed.set().primary().name();
        try (SetInvariants invariants = SetInvariants.of(bed)) {
            Fault killed = Fault.at(RunEvent.Type.STEP_VERIFIED, former + "-install", () -> bed.set()
                    .primary()
                    .kill());
            invariants.patched(patch(target, killed), target);
        }
    }

    @Test
    void memberThatCannotStartOnTheTarget() throws Exception {
        bed.onOldVersion();
        String first = follower(0, MongoBed.NEW);
        try (SetInvariants invariants = SetInvariants.of(bed)) {
            Fault broken = Fault.at(RunEvent.Type.STEP_VERIFIED, first + "-install", () -> bed.set()
                    .member(first)
                    .install(bed.broken()));
            invariants.asFound(patch(MongoBed.NEW, broken), "GDS-STEP-FAILED");
        }
    }

    /** Majority writes would wait for it; so nobody goes down before it has caught up. */
    @Test
    void memberThatLags() throws Exception {
        String target = bed.other();
        String first = follower(0, target);
        ReplicaSetMember slow = bed.set().member(follower(1, target));
        try (SetInvariants invariants = SetInvariants.of(bed)) {
            Fault locked = Fault.at(RunEvent.Type.STEP_VERIFIED, "probe-open", () -> {
                slow.run(new Document("fsync", 1).append("lock", true));
                Await.until(
                        slow + " is behind", Duration.ofSeconds(60), () -> behind(slow) > 17_000 ? "" : "it is not");
            });
            Fault unlocked =
                    Fault.at(RunEvent.Type.WAITING, first + "-stop", () -> slow.run(new Document("fsyncUnlock", 1)));
            held(target, locked, unlocked, invariants);
        }
    }

    /** A process that stands still says nothing to anybody; so nobody else goes down before it is back. */
    @Test
    void memberThatStandsStill() throws Exception {
        String target = bed.other();
        String first = follower(0, target);
        ReplicaSetMember frozen = bed.set().member(follower(1, target));
        try (SetInvariants invariants = SetInvariants.of(bed)) {
            Fault paused = Fault.at(RunEvent.Type.STEP_VERIFIED, "probe-open", frozen::pause);
            Fault unpaused = Fault.at(RunEvent.Type.WAITING, first + "-stop", frozen::unpause);
            held(target, paused, unpaused, invariants);
        } finally {
            frozen.unpause();
        }
    }

    private static void held(String target, Fault harm, Fault mended, SetInvariants invariants) throws Exception {
        RunOutcome outcome = bed.patch(MongoBed.to(target), e -> {
            harm.onEvent(e);
            mended.onEvent(e);
        });
        harm.mustHaveHappened();
        mended.mustHaveHappened();
        invariants.patched(outcome, target);
        for (ReplicaSetMember m : bed.set().members()) {
            Await.until(m + " has caught up", Duration.ofSeconds(60), () -> behind(m) < 2000 ? "" : "it has not");
        }
    }

    private static long behind(ReplicaSetMember m) {
        List<Document> all =
                bed.set().primary().run(new Document("replSetGetStatus", 1)).getList("members", Document.class);
        Instant head = all.stream()
                .map(MemberFaultsTest::wrote)
                .max(Instant::compareTo)
                .orElseThrow();
        return all.stream()
                .filter(d -> d.getString("name").equals(m.address()))
                .mapToLong(d -> Duration.between(wrote(d), head).toMillis())
                .sum();
    }

    private static Instant wrote(Document member) {
        return member.getDate("optimeDate").toInstant();
    }
}
