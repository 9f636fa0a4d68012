package io.gds.engine.mongo.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Params;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.database.testkit.SettableClock;
import io.gds.engine.mongo.internal.MongoCluster;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who follows whom before a stop, when servers obey, refuse, and take a request that nothing comes of. */
class SourcesTest {
    private static final String SYNC_FROM = "replSetSyncFrom";

    private final SettableClock clock = new SettableClock();
    private final FakeSet set = Played.three("6.0.5", clock);
    private final Played p = new Played(set, clock, "6.0.5");
    private final StepHandler<MongoCluster> clear = Played.handler("mongo.followers-clear@1");
    private final PlayedStep step = p.step("mongo.followers-clear@1").with("member", "m2");

    @AfterEach
    void close() {
        assertThat(set.sends().unknown()).isEmpty();
        p.close();
    }

    private void m3FollowsM2() {
        p.engine().clients().ask("m3", new Document(SYNC_FROM, set.member("m2").address()));
    }

    private List<Object> asked() {
        return set.sends().of(SYNC_FROM).stream()
                .skip(1) // ours, from the arrangement of the test
                .map(s -> (Object) (s.member() + " " + s.command().get(SYNC_FROM)))
                .toList();
    }

    private void asks() throws Exception {
        step.journalled(clear.apply(step));
    }

    @Test
    void followerMovesAndStays() throws Exception {
        m3FollowsM2();
        asks();
        assertThat(asked()).containsExactly("m3 " + set.member("m1").address());
        assertThat(clear.verify(step)).isInstanceOfSatisfying(Verdict.NotYet.class, n -> assertThat(
                        n.blocked().needed())
                .isEqualTo("for PT1.5S"));
        clock.advance(Duration.ofMillis(1500));
        assertThat(clear.verify(step)).isEqualTo(Verdict.holds(Params.of("arranged", true)));
    }

    @Test
    void nobodyIsAskedWhereAllIsAsWished() throws Exception {
        asks();
        assertThat(clear.verify(step)).isEqualTo(Verdict.holds(Params.of("arranged", true)));
        assertThat(set.sends().changes()).isEmpty();
    }

    /** Where nobody is left who could follow the next primary, that is no arrangement. */
    @Test
    void nobodyWhoCouldFollowIsToldWithWhatItCosts() throws Exception {
        set.member("m3").stop();
        StepHandler<MongoCluster> arrange = Played.handler("mongo.followers-arrange@1");
        PlayedStep before = p.step("mongo.followers-arrange@1").with("from", "m1", "to", "m2");
        before.journalled(arrange.apply(before));
        assertThat(arrange.verify(before))
                .isEqualTo(Verdict.holds(Params.of("arranged", false, "expectedGap", Duration.ofSeconds(1))));
        assertThat(before.told()).singleElement().asString().contains("nobody is there to follow m2");
    }

    /** It is taken three times, and nothing comes of it: the patch goes on and says what that costs. */
    @Test
    void requestsThatNothingComesOf() throws Exception {
        m3FollowsM2();
        set.member("m3").faults().ignore(SYNC_FROM, Faults.FOR_EVER);
        for (int pass = 1; pass <= 3; pass++) {
            asks();
            assertThat(clear.verify(step)).isInstanceOf(Verdict.NotYet.class);
            clock.advance(Duration.ofMillis(2500));
            Verdict v = clear.verify(step);
            assertThat(v)
                    .isEqualTo(
                            pass < 3
                                    ? Verdict.again("wished: [Move[member=m3, upstream=m1]]")
                                    : Verdict.holds(
                                            Params.of("arranged", false, "expectedGap", Duration.ofSeconds(1))));
            step.nextPass();
        }
        assertThat(asked()).hasSize(3);
        assertThat(step.told()).singleElement().asString().contains("majority writes may wait for about a second");
    }

    @Test
    void refusalIsToldAndAskedAgain() throws Exception {
        m3FollowsM2();
        set.member("m3").faults().refuse(SYNC_FROM, 1, Refusals.invalidOptions("must be ahead of me"));
        asks();
        assertThat(step.told()).singleElement().asString().startsWith("m3 does not follow m1 yet: ");
        clock.advance(Duration.ofMillis(2500));
        assertThat(clear.verify(step)).isInstanceOf(Verdict.Again.class);
        step.nextPass();
        asks();
        clear.verify(step);
        clock.advance(Duration.ofMillis(1500));
        assertThat(clear.verify(step)).isEqualTo(Verdict.holds(Params.of("arranged", true)));
        assertThat(asked()).hasSize(2);
    }

    @Test
    void lostAnswerIsLookedUp() throws Exception {
        m3FollowsM2();
        set.member("m3").faults().loseAnswer(SYNC_FROM, 1);
        asks();
        clear.verify(step);
        clock.advance(Duration.ofMillis(1500));
        assertThat(clear.verify(step)).isEqualTo(Verdict.holds(Params.of("arranged", true)));
        assertThat(asked()).hasSize(1);
    }
}
