package io.gds.engine.mongo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.MongoCluster;
import java.time.Clock;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Raising the feature compatibility version, by the rules of every series, refused, broken off and with lost answers. */
class CompatibilityTest {
    private static final String SET = "setFeatureCompatibilityVersion";

    private final StepHandler<MongoCluster> handler = Played.handler("mongo.compatibility-raise@1");

    private static Played on(String version, String compatibility) {
        FakeSet set = Played.three(version, Clock.systemUTC());
        set.compatibility().is(compatibility, null);
        return new Played(set, Clock.systemUTC(), version);
    }

    private static CommandError obstacle() {
        return new CommandError(72, "InvalidOptions", "collection shop.orders has an index that 8.3 does not know");
    }

    private static PlayedStep to(Played p, String series) {
        return p.step("mongo.compatibility-raise@1").with("series", series);
    }

    private static List<Document> sent(Played p) {
        assertThat(p.set().sends().unknown()).isEmpty();
        return p.set().sends().of(SET).stream()
                .map(s -> {
                    Document d = new Document(s.command());
                    List.of("$db", "lsid", "$clusterTime", "$readPreference").forEach(d::remove);
                    return d;
                })
                .toList();
    }

    private static Document command(String series) {
        return new Document(SET, series);
    }

    private Verdict raised(PlayedStep step) throws Exception {
        assertThat(handler.prepare(step)).isInstanceOf(Prepared.Proceed.class);
        handler.apply(step);
        return handler.verify(step);
    }

    /** What is wanted of the command is decided by the version of the servers. */
    @ParameterizedTest
    @CsvSource({"5.0.4,4.4,5.0", "6.0.27,5.0,6.0"})
    void withoutConfirmBefore7(String server, String from, String to) throws Exception {
        try (Played p = on(server, from)) {
            assertThat(raised(to(p, to))).isInstanceOf(Verdict.Holds.class);
            assertThat(sent(p)).containsExactly(command(to));
            assertThat(p.set().compatibility().version()).isEqualTo(to);
        }
    }

    @ParameterizedTest
    @CsvSource({"7.0.14,6.0,7.0", "8.0.4,7.0,8.0", "8.2.1,8.0,8.2"})
    void confirmedFrom7(String server, String from, String to) throws Exception {
        try (Played p = on(server, from)) {
            assertThat(raised(to(p, to))).isInstanceOf(Verdict.Holds.class);
            assertThat(sent(p)).containsExactly(command(to).append("confirm", true));
        }
    }

    @ParameterizedTest
    @CsvSource({"8.3.0,8.0,8.3", "9.0.1,8.3,9.0"})
    void triedFirstFrom8_3(String server, String from, String to) throws Exception {
        try (Played p = on(server, from)) {
            assertThat(raised(to(p, to))).isInstanceOf(Verdict.Holds.class);
            assertThat(sent(p))
                    .containsExactly(
                            command(to).append("confirm", true).append("dryRun", true),
                            command(to).append("confirm", true));
        }
    }

    @Test
    void dryRunThatIsRefusedStopsBeforeAnything() {
        try (Played p = on("8.3.0", "8.0")) {
            p.set().compatibility().speaksAgainst(obstacle());
            assertThat(handler.prepare(to(p, "8.3"))).isInstanceOfSatisfying(Prepared.Refuse.class, r -> {
                assertThat(r.finding().id()).isEqualTo("MONGO-FCV-REFUSED");
                assertThat(r.finding().observed()).contains("has an index that 8.3 does not know (72 InvalidOptions)");
            });
            assertThat(p.set().sends().changes()).isEmpty();
            assertThat(p.set().compatibility().version()).isEqualTo("8.0");
        }
    }

    /** A dry run that falls into an election says nothing about the data. */
    @Test
    void dryRunThatFallsIntoAnElectionIsTriedAgain() {
        try (Played p = on("8.3.0", "8.0")) {
            p.set().member("m1").faults().refuse(SET, 1, Refusals.interruptedByStateChange());
            assertThatThrownBy(() -> handler.prepare(to(p, "8.3")))
                    .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.retryable())
                            .isTrue());
            assertThat(handler.prepare(to(p, "8.3"))).isInstanceOf(Prepared.Proceed.class);
            assertThat(p.set().sends().changes()).isEmpty();
        }
    }

    @Test
    void refusalIsToldAndNothingIsChanged() {
        try (Played p = on("8.0.4", "7.0")) {
            p.set().compatibility().speaksAgainst(obstacle());
            PlayedStep step = to(p, "8.0");
            assertThatThrownBy(() -> raised(step))
                    .hasMessageContaining("has an index that 8.3 does not know (72 InvalidOptions)");
            assertThat(handler.probe(step)).isInstanceOf(Probed.Partial.class);
            assertThat(p.set().compatibility().version()).isEqualTo("7.0");
            assertThat(p.set().compatibility().target()).isEmpty();
        }
    }

    @Test
    void whatSomebodyLeftHalfDoneIsFinished() throws Exception {
        try (Played p = on("7.0.14", "6.0")) {
            p.set().compatibility().is("6.0", "7.0");
            PlayedStep step = to(p, "7.0");
            assertThat(handler.verify(step))
                    .isEqualTo(Verdict.again("the feature compatibility version of [m1], who lead, is not 7.0 yet"));
            assertThat(raised(step)).isInstanceOf(Verdict.Holds.class);
            assertThat(sent(p)).containsExactly(command("7.0").append("confirm", true));
            assertThat(p.set().compatibility().target()).isEmpty();
        }
    }

    @Test
    void whatIsBrokenOffIsFinishedByAskingOnceMore() throws Exception {
        try (Played p = on("7.0.14", "6.0")) {
            p.set().compatibility().nextStopsHalfWay();
            PlayedStep step = to(p, "7.0");
            assertThatThrownBy(() -> raised(step)).hasMessageContaining("(11602 ");
            assertThat(p.set().compatibility().target()).contains("7.0");
            assertThat(handler.probe(step)).isInstanceOf(Probed.Partial.class);
            handler.apply(step);
            assertThat(handler.verify(step)).isInstanceOf(Verdict.Holds.class);
            assertThat(sent(p)).hasSize(2);
            assertThat(step.fences()).isEqualTo(2);
        }
    }

    @Test
    void lostAnswerIsLookedUpAndNotRepeated() {
        try (Played p = on("7.0.14", "6.0")) {
            p.set().member("m1").faults().loseAnswer(SET, 1);
            PlayedStep step = to(p, "7.0");
            assertThatThrownBy(() -> raised(step)).hasMessageContaining("MONGO-NO-ANSWER");
            assertThat(handler.probe(step)).isInstanceOf(Probed.Done.class);
            assertThat(sent(p)).hasSize(1);
        }
    }

    @Test
    void lostRequestIsFoundUndone() throws Exception {
        try (Played p = on("7.0.14", "6.0")) {
            p.set().member("m1").faults().loseRequest(SET, 1);
            PlayedStep step = to(p, "7.0");
            assertThatThrownBy(() -> raised(step)).hasMessageContaining("MONGO-NO-ANSWER");
            assertThat(handler.probe(step)).isInstanceOf(Probed.Partial.class);
            handler.apply(step);
            assertThat(handler.verify(step)).isInstanceOf(Verdict.Holds.class);
            assertThat(sent(p)).hasSize(2);
        }
    }

    @Test
    void everyMembersOwnWordCounts() throws Exception {
        try (Played p = on("7.0.14", "6.0")) {
            p.set().compatibility().isStill("m3", "6.0");
            PlayedStep step = to(p, "7.0");
            assertThat(raised(step)).isInstanceOfSatisfying(Verdict.NotYet.class, n -> {
                assertThat(n.blocked().observed()).isEqualTo("[m3] do not have it yet");
                assertThat(n.blocked().needed()).isEqualTo("7.0 everywhere");
            });
            p.set().compatibility().reaches("m3");
            assertThat(handler.verify(step)).isInstanceOf(Verdict.Holds.class);
            assertThat(sent(p)).hasSize(1);
        }
    }

    /** A step that is left out seals nothing, and behind this version no way leads back, whoever raised it. */
    @ParameterizedTest
    @ValueSource(strings = {"7.0.14", "8.3.0"})
    void whatSomebodyElseRaisedIsToldOnceMore(String server) throws Exception {
        String series = server.substring(0, 3);
        try (Played p = on(server, series)) {
            assertThat(raised(to(p, series))).isInstanceOf(Verdict.Holds.class);
            assertThat(sent(p)).containsExactly(command(series).append("confirm", true));
        }
    }

    /** Programs that cannot read the data any more are not put back: the member would not start. */
    @Test
    void formerProgramsComeBackOnlyWhileTheyReadTheData() {
        try (Played p = on("6.0.27", "5.0")) {
            assertThat(p.verbs().mayGoBack("m2", EngineVersion.parse("5.0.4"))).isInstanceOf(Permit.Granted.class);
            p.set().member("m1").stop();
            p.set().member("m2").stop();
            assertThat(p.set().primary()).isEmpty();
            assertThat(p.verbs().mayGoBack("m2", EngineVersion.parse("5.0.4")))
                    .as("nobody leads, and going back is what brings a primary")
                    .isInstanceOf(Permit.Granted.class);
            p.set().compatibility().is("5.0", "6.0");
            assertThat(p.verbs().mayGoBack("m2", EngineVersion.parse("5.0.4")))
                    .isInstanceOfSatisfying(
                            Permit.Refused.class,
                            r -> assertThat(r.finding().observed()).contains("is 5.0, half way to 6.0, raised since"));
        }
        try (Played p = on("6.0.27", "6.0")) {
            assertThat(p.verbs().mayGoBack("m2", EngineVersion.parse("5.0.4")))
                    .isInstanceOfSatisfying(
                            Permit.Refused.class,
                            r -> assertThat(r.finding().id()).isEqualTo("MONGO-FCV-RAISED"));
            assertThat(p.verbs().mayGoBack("m2", EngineVersion.parse("6.0.5"))).isInstanceOf(Permit.Granted.class);
        }
    }

    @Test
    void memberOfAnotherSeriesIsRefused() {
        try (Played p = on("7.0.14", "6.0")) {
            p.set().member("m3").stop();
            p.set().member("m3").install("6.0.27");
            p.set().member("m3").start();
            assertThat(handler.prepare(to(p, "7.0"))).isInstanceOfSatisfying(Prepared.Refuse.class, r -> {
                assertThat(r.finding().id()).isEqualTo("MONGO-FCV-VERSIONS");
                assertThat(r.finding().observed()).isEqualTo("[m3 runs 6.0.27]");
            });
            assertThat(p.set().sends().changes()).isEmpty();
        }
    }

    @Test
    void nothingIsRaisedWhileTwoLead() {
        try (Played p = on("7.0.14", "6.0")) {
            p.set().member("m1").stop();
            p.set().member("m1").start();
            p.set().member("m1").believes(1, "m1");
            assertThat(handler.prepare(to(p, "7.0"))).isInstanceOfSatisfying(Prepared.Hold.class, h -> assertThat(
                            h.blocked().observed())
                    .isEqualTo("orders: [m1 in term 1, m2 in term 2] say that they accept writes"));
            assertThat(p.set().sends().changes()).isEmpty();
        }
    }

    @Test
    void nothingIsRaisedWhileSomebodyIsSeenAsDown() {
        try (Played p = on("7.0.14", "6.0")) {
            p.set().member("m1").sees("m3", 8, false, "no route");
            assertThat(handler.prepare(to(p, "7.0"))).isInstanceOfSatisfying(Prepared.Hold.class, h -> assertThat(
                            h.blocked().observed())
                    .isEqualTo("m1: it sees m3 as DOWN and not healthy (no route)"));
            assertThat(p.set().sends().changes()).isEmpty();
        }
    }

    @Test
    void noFactsAreMadeUp() throws Exception {
        try (Played p = on("7.0.14", "6.0")) {
            Prepared.Proceed go = (Prepared.Proceed) handler.prepare(to(p, "7.0"));
            assertThat(go.facts()).isEqualTo(Params.of("before", "6.0"));
        }
    }
}
