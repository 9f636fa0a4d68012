package io.gds.engine.mongo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunOutcome;
import io.gds.database.spi.Permit;
import io.gds.database.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members that contradict each other: nobody is touched before they agree. */
class ViewsOfMembersTest {
    @TempDir
    Path directory;

    private final FakeSet set = Played.three("6.0.5", Clock.systemUTC());
    private final Played p = new Played(set, Clock.systemUTC(), "6.0.5", "6.0.27");

    @AfterEach
    void close() {
        assertThat(set.sends().unknown()).isEmpty();
        p.close();
    }

    private void refuses(String finding) {
        assertThatThrownBy(() -> p.run(Played.to("6.0.27"), directory)).hasMessageContaining(finding);
        assertThat(set.sends().changes()).isEmpty();
    }

    private String waitsFor(Permit permit) {
        assertThat(permit).isInstanceOf(Permit.Wait.class);
        return ((Permit.Wait) permit).blocked().observed();
    }

    @Test
    void oldViewOfOneMemberIsAFinding() {
        set.member("m3").sees("m2", 8, false, "Couldn't get a connection within the time limit");
        assertThat(p.verbs().preFlight(Played.to("6.0.27"))).singleElement().satisfies(f -> {
            assertThat(f.id()).isEqualTo("MONGO-STALE-VIEW");
            assertThat(f.subject()).isEqualTo("m3");
            assertThat(f.observed())
                    .isEqualTo("it sees m2 as DOWN and not healthy (Couldn't get a connection within the time limit)");
            assertThat(f.expected()).isEqualTo("SECONDARY, as m2 says itself");
        });
        refuses("MONGO-STALE-VIEW");
    }

    @Test
    void oldViewThatComesLaterIsWaitedOut() {
        RunOutcome outcome = p.run(Played.to("6.0.27"), directory, e -> {
            if (e.type() == RunEvent.Type.STEP_VERIFIED
                    && e.step().filter("m2-ready"::equals).isPresent()) {
                set.member("m3").sees("m1", 2, true, "");
            } else if (e.type() == RunEvent.Type.WAITING
                    && e.step().filter("m2-stop"::equals).isPresent()) {
                assertThat(set.member("m2").isUp()).isTrue();
                set.member("m3").learns();
            }
        });
        assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
        assertThat(p.waits("m2-stop")).first().asString().contains("m3: it sees m1 as SECONDARY");
    }

    @Test
    void memberThatKnowsOnlyTheLastElection() {
        set.member("m3").believes(1, "m1");
        set.member("m1").stop();
        set.member("m1").start();
        assertThat(set.primary()).contains("m2");
        assertThat(p.verbs().preFlight(Played.to("6.0.27")))
                .extracting(Finding::id, Finding::subject, Finding::observed)
                .satisfiesExactly(
                        f -> assertThat(f.toList().get(0)).isEqualTo("MONGO-CONFIG-DIFFERS"),
                        f -> assertThat(f.toList()).containsExactly("MONGO-STALE-VIEW", "m3", "it sees m1 as PRIMARY"),
                        f -> assertThat(f.toList())
                                .containsExactly("MONGO-STALE-VIEW", "m3", "it sees m2 as SECONDARY"));
        refuses("MONGO-STALE-VIEW");
    }

    @Test
    void deposedPrimaryThatDoesNotKnowItYet() {
        twoPrimaries();
        assertThat(p.engine().topology().primary().orElseThrow().name()).isEqualTo("m2");
        assertThat(p.verbs().preFlight(Played.to("6.0.27")))
                .filteredOn(f -> f.id().equals("MONGO-TWO-PRIMARIES"))
                .singleElement()
                .satisfies(f ->
                        assertThat(f.observed()).isEqualTo("[m1 in term 1, m2 in term 2] say that they accept writes"));
        refuses("MONGO-TWO-PRIMARIES");
    }

    @Test
    void nobodyGoesDownAndNobodyTakesOverWhileTwoLead() {
        twoPrimaries();
        PlayedStep step = p.step("member.stop@1");
        String two = "[m1 in term 1, m2 in term 2] say that they accept writes";
        assertThat(waitsFor(p.verbs().mayGoDown("m3", Set.of(), step))).isEqualTo(two);
        assertThat(waitsFor(p.verbs().maySwitchOver("m2", "m3", step))).isEqualTo(two);
        assertThat(set.sends().changes()).isEmpty();
    }

    private void twoPrimaries() {
        set.member("m1").stop();
        set.member("m1").start();
        assertThat(set.primary()).contains("m2");
        set.member("m1").believes(1, "m1");
    }

    /** A member that is about to end, or that is between two roles, is one that does not answer just now. */
    @ParameterizedTest
    @ValueSource(ints = {91, 189, 10107, 11600, 11602})
    void memberThatIsBetweenTwoRolesIsSilent(int code) {
        set.member("m3").faults().refuse("replSetGetStatus", Faults.FOR_EVER, Refusals.of(code));
        assertThat(p.verbs().preFlight(Played.to("6.0.27"))).singleElement().satisfies(f -> {
            assertThat(f.id()).isEqualTo("MONGO-MEMBER-DOWN");
            assertThat(f.subject()).isEqualTo("m3");
            assertThat(f.observed()).contains("(" + code + " ");
        });
        assertThat(set.sends().changes()).isEmpty();
    }

    /** A refusal that says nothing about the member's role is nobody's absence. */
    @ParameterizedTest
    @ValueSource(ints = {72, 211})
    void otherRefusalsAreToldAsTheyAre(int code) {
        set.member("m3").faults().refuse("replSetGetStatus", Faults.FOR_EVER, Refusals.of(code));
        assertThatThrownBy(() -> p.verbs().preFlight(Played.to("6.0.27")))
                .hasMessageContaining("member m3 refuses replSetGetStatus")
                .hasMessageContaining("(" + code + " ");
        assertThat(set.sends().changes()).isEmpty();
    }

    /** The kernel looks into the log of writes; a primary that goes meanwhile is no mistake of the plan's. */
    @Test
    void logOfWritesThatIsNotToBeReadIsAskedForAgain() {
        set.member("m1").faults().loseRequest("find", 2);
        assertThatThrownBy(() -> p.verbs().mayGoDown("m3", Set.of(), p.step("member.stop@1")))
                .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.retryable())
                        .isTrue());
    }

    @Test
    void electionThatTakesItsTimeIsWaitedForByName() {
        SettableClock clock = new SettableClock();
        try (Played slow = new Played(Played.three("6.0.5", clock), clock, "6.0.5")) {
            slow.set().electionTakes(Duration.ofSeconds(12));
            slow.set().member("m1").stop();
            slow.set().member("m1").start();
            Permit permit = slow.verbs().mayGoDown("m3", Set.of(), slow.step("member.stop@1"));
            assertThat(waitsFor(permit)).isEqualTo("nobody says that it accepts writes");
            assertThat(((Permit.Wait) permit).blocked().clears()).isEqualTo("an election");
            clock.advance(Duration.ofSeconds(12));
            assertThat(slow.verbs().mayGoDown("m3", Set.of(), slow.step("member.stop@1")))
                    .isInstanceOf(Permit.Granted.class);
            assertThat(slow.set().sends().changes()).isEqualTo(List.of());
        }
    }
}
