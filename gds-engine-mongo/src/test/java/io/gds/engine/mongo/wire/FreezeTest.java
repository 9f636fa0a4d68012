package io.gds.engine.mongo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.database.testkit.SettableClock;
import io.gds.engine.mongo.internal.MongoCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members that must not stand for election, and are let go again. */
class FreezeTest {
    private final SettableClock clock = new SettableClock();
    private final FakeSet set = Played.three("6.0.5", clock);
    private final Played p = new Played(set, clock, "6.0.5");
    private final StepHandler<MongoCluster> freeze = Played.handler("mongo.freeze@1");
    private final StepHandler<MongoCluster> unfreeze = Played.handler("mongo.unfreeze@1");
    private final PlayedStep step = p.step("mongo.freeze@1").with("from", "m1", "to", "m2");

    @AfterEach
    void close() {
        assertThat(set.sends().unknown()).isEmpty();
        p.close();
    }

    private List<String> sent() {
        return set.sends().changes().stream().map(Sent::toString).toList();
    }

    private void prepared() {
        step.journalled(((Prepared.Proceed) freeze.prepare(step)).facts());
    }

    @Test
    void allButTheTwoThatChangeRoles() throws Exception {
        prepared();
        step.journalled(freeze.apply(step));
        assertThat(freeze.verify(step)).isInstanceOf(Verdict.Holds.class);
        assertThat(sent()).containsExactly("m3 replSetFreeze 60");
        set.member("m2").isBehind(1);
        set.member("m1").stop();
        assertThat(set.primary()).isEmpty();
        clock.advance(Duration.ofSeconds(60));
        assertThat(set.primary()).contains("m3");
    }

    @Test
    void freezeThatIsAboutToEndCountsAsNone() throws Exception {
        prepared();
        step.journalled(freeze.apply(step));
        clock.advance(Duration.ofSeconds(40));
        assertThat(freeze.verify(step)).isEqualTo(Verdict.again("the freeze is over, or about to be"));
    }

    @Test
    void lostAnswerIsFrozenOnceMore() throws Exception {
        set.member("m3").faults().loseAnswer("replSetFreeze", 1);
        prepared();
        assertThatThrownBy(() -> freeze.apply(step)).hasMessageContaining("MONGO-NO-ANSWER");
        assertThat(freeze.probe(step)).isInstanceOf(Probed.Partial.class);
        step.journalled(freeze.apply(step));
        assertThat(freeze.verify(step)).isInstanceOf(Verdict.Holds.class);
        assertThat(sent()).containsExactly("m3 replSetFreeze 60", "m3 replSetFreeze 60");
    }

    @Test
    void memberThatLeadsMeanwhileIsToldAsItIs() {
        prepared();
        set.member("m2").isBehind(1);
        set.member("m1").stop();
        assertThat(set.primary()).contains("m3");
        assertThatThrownBy(() -> freeze.apply(step)).hasMessageContaining("(95 NotSecondary)");
        assertThat(freeze.verify(step)).isInstanceOf(Verdict.Again.class);
    }

    @Test
    void letGoAgain() throws Exception {
        PlayedStep end = p.step("mongo.unfreeze@1")
                .with("from", "m1", "to", "m2")
                .journalled(Params.of("members", List.of("m3")));
        end.journalled(unfreeze.apply(end));
        assertThat(unfreeze.verify(end)).isInstanceOf(Verdict.Holds.class);
        assertThat(sent()).containsExactly("m3 replSetFreeze 0");
    }

    @Test
    void memberThatIsNotToBeReachedKeepsItsFreeze() throws Exception {
        set.member("m3").faults().loseRequest("replSetFreeze", 1);
        PlayedStep end = p.step("mongo.unfreeze@1")
                .with("from", "m1", "to", "m2")
                .journalled(Params.of("members", List.of("m3")));
        end.journalled(unfreeze.apply(end));
        assertThat(unfreeze.verify(end)).isInstanceOf(Verdict.Holds.class);
        assertThat(end.told()).singleElement().asString().startsWith("m3 keeps its freeze until that ends by itself: ");
        assertThat(sent()).containsExactly("m3 replSetFreeze 0");
    }
}
