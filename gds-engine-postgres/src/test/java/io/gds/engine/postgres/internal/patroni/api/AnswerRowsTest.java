package io.gds.engine.postgres.internal.patroni.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.engine.postgres.internal.patroni.api.FakeCluster.Ending;
import io.gds.engine.postgres.internal.patroni.api.FakeCluster.Restarting;
import io.gds.engine.postgres.internal.patroni.api.FakeCluster.Version;
import io.gds.engine.postgres.internal.patroni.api.FakePatroni.Fault;
import io.gds.engine.postgres.internal.patroni.api.Outcome.Effect;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One test for every kind of answer, over the wire. */
class AnswerRowsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private FakeMembers fake = new FakeMembers(Version.V4_1);

    @AfterEach
    void close() throws IOException {
        fake.close();
    }

    private Reply switchover() {
        return fake.api("n1").switchover("n1", Optional.of("n2"));
    }

    private Reply restart(String member) {
        return fake.api(member).restart(RestartFilter.olderThan("15.20"), LONG);
    }

    @Test
    void ok_switchedOverAsAsked() {
        Reply reply = switchover();
        assertThat(reply.outcome()).isEqualTo(Outcome.DONE);
        assertThat(reply.isDone()).isTrue();
        assertThat(reply.promoted()).contains("n2");
        assertThat(reply.text()).isEqualTo("Successfully switched over to \"n2\"");
        assertThat(fake.cluster.effects()).containsExactly("switchover to n2");
    }

    @Test
    void ok_insteadOf_namesTheOtherMember() {
        fake.cluster.switchoverEnds = Ending.ELSEWHERE;
        Reply reply = switchover();
        assertThat(reply.outcome()).isEqualTo(Outcome.DONE_ELSEWHERE);
        assertThat(reply.promoted()).contains("n3");
        assertThat(reply.isDone()).isFalse();
        assertThat(reply.outcome().effect()).isEqualTo(Effect.HAPPENED);
    }

    @Test
    void ok_withoutPatronisWordsProvesNothing() {
        fake.server("n1").then(Fault.GARBAGE);
        assertThat(switchover().outcome()).isEqualTo(Outcome.UNKNOWN);
        fake.server("n2").then(Fault.GARBAGE);
        assertThat(restart("n2").outcome()).isEqualTo(Outcome.UNKNOWN);
        fake.server("n1").then(Fault.GARBAGE);
        assertThat(fake.api("n1").patchConfig(ConfigPatch.set(1, "ttl")).outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void accepted202_isOnlyScheduled() {
        Outcome scheduled = Replies.outcome(Verb.SWITCHOVER, new Answer(202, "Switchover scheduled", true));
        assertThat(scheduled).isEqualTo(Outcome.SCHEDULED);
        assertThat(Replies.outcome(Verb.RESTART, new Answer(202, "Restart scheduled", true)))
                .isEqualTo(Outcome.SCHEDULED);
        assertThat(scheduled.effect()).isEqualTo(Effect.UNKNOWN);
        Reply reload = fake.api("n2").reload();
        assertThat(reload.outcome()).as("a reload proves nothing").isEqualTo(Outcome.ACCEPTED);
        assertThat(reload.isUnknown()).isTrue();
    }

    @Test
    void bad400_isOursAndNotRepeated() {
        Reply reply = fake.api("n1").switchover("n1", Optional.of("n1"));
        assertThat(reply.outcome()).isEqualTo(Outcome.OUR_BUG);
        assertThat(reply.retryable()).isFalse();
        assertThat(reply.text()).isEqualTo("Switchover target and source are the same");
    }

    @Test
    void bad400_ofAPauseIsAPause() {
        fake.cluster.config.put("pause", true);
        Reply reply = fake.api("n1").switchover("n1", Optional.empty());
        assertThat(reply.outcome()).isEqualTo(Outcome.PAUSED);
        assertThat(reply.retryable()).isFalse();
        assertThat(switchover().outcome()).as("to a named candidate it works").isEqualTo(Outcome.DONE);
    }

    @Test
    void bad400_asAPageIsShownAsItsWords() {
        fake.server("n1").then(Fault.HTML_400);
        Reply reply = switchover();
        assertThat(reply.outcome()).isEqualTo(Outcome.OUR_BUG);
        assertThat(reply.text()).isEqualTo("Error response Error code: 400 Message: Bad Request.");
    }

    @Test
    void unauthorised401() {
        fake.server("n1").withLogin("admin", "secret");
        Reply reply = switchover();
        assertThat(reply.outcome()).isEqualTo(Outcome.UNAUTHORISED);
        assertThat(reply.text()).isEqualTo("no auth header received");
        assertThat(fake.cluster.effects()).isEmpty();
    }

    @Test
    void forbidden403() {
        fake.server("n1").refusingAddresses();
        Reply reply = switchover();
        assertThat(reply.outcome()).isEqualTo(Outcome.FORBIDDEN);
        assertThat(reply.text()).isEqualTo("Access is denied");
    }

    @Test
    void unauthorised401_and403_areFoundWithoutAnEffect() {
        assertThat(fake.api("n1").mayWrite().isAllowed()).isTrue();
        fake.server("n2").withLogin("admin", "secret");
        assertThat(fake.api("n2").mayWrite())
                .isEqualTo(new WriteAccess(WriteAccess.Kind.UNAUTHORISED, "no auth header received"));
        fake.server("n3").refusingAddresses();
        assertThat(fake.api("n3").mayWrite())
                .isEqualTo(new WriteAccess(WriteAccess.Kind.FORBIDDEN, "Access is denied"));
        assertThat(fake.cluster.effects()).isEmpty();
        assertThat(fake.server("n1").seen().get(0).body()).contains("{}");
    }

    @Test
    void missing404_meansThereIsNothingToCancel() {
        assertThat(fake.api("n1").cancelScheduledSwitchover().outcome()).isEqualTo(Outcome.NOTHING_THERE);
        assertThat(fake.api("n2").cancelScheduledRestart().outcome()).isEqualTo(Outcome.NOTHING_THERE);
        fake.cluster.scheduledSwitchover = "2036-01-01T03:00:00+00:00";
        fake.cluster.scheduledRestarts.put("n2", "2036-01-01T03:00:00+00:00");
        assertThat(fake.apis.cancelScheduledSwitchover().isDone()).isTrue();
        assertThat(fake.api("n2").cancelScheduledRestart().isDone()).isTrue();
    }

    @Test
    void conflict409_ofAPatchIsReadAgainAndRepeated() {
        fake.cluster.lostRaces = 2;
        Reply reply = fake.api("n1").patchConfig(ConfigPatch.set(20, "ttl"));
        assertThat(reply.isDone()).isTrue();
        assertThat(fake.server("n1").seen()).hasSize(3);
        assertThat(fake.apis.config().integer("ttl")).isEqualTo(20);
    }

    @Test
    void conflict409_thatNeverEndsIsGivenUp() {
        fake.cluster.lostRaces = 1000;
        Reply reply = fake.api("n1").patchConfig(ConfigPatch.set(20, "ttl"));
        assertThat(reply.outcome()).isEqualTo(Outcome.CONFLICT);
        assertThat(reply.retryable()).isTrue();
        assertThat(fake.server("n1").seen()).hasSize(10);
    }

    @Test
    void conflict409_ofAnotherScheduleIsNotOurs() {
        Answer answer = new Answer(409, "Another restart is already scheduled", true);
        assertThat(Replies.outcome(Verb.RESTART, answer)).isEqualTo(Outcome.ALREADY_SCHEDULED);
        assertThat(Outcome.ALREADY_SCHEDULED.retryable()).isFalse();
    }

    @Test
    void length411_doesNotHappenToUs() {
        switchover();
        restart("n3");
        fake.api("n1").patchConfig(ConfigPatch.set(20, "ttl"));
        for (FakeRequest each : fake.server("n1").seen()) {
            assertThat(each.headers()).containsKey("content-length").doesNotContainKey("transfer-encoding");
        }
        Answer answer = new Answer(411, "Length Required", true);
        assertThat(Replies.outcome(Verb.SWITCHOVER, answer)).isEqualTo(Outcome.CHUNKED);
    }

    @Test
    void precondition412_thatMayComeIsWaitedFor() {
        fake.cluster.goodCandidates = false;
        assertThat(switchover().outcome()).isEqualTo(Outcome.PRECONDITION_WAIT);
        fake.cluster.synchronousMode = true;
        Reply reply = fake.api("n1").switchover("n1", Optional.empty());
        assertThat(reply.text()).contains("can not find sync_standby");
        assertThat(reply.outcome()).isEqualTo(Outcome.PRECONDITION_WAIT);
        assertThat(reply.retryable()).isTrue();
    }

    @Test
    void precondition412_ofAStalePictureIsPlannedAnew() {
        Reply otherLeader = fake.api("n1").switchover("n3", Optional.of("n2"));
        assertThat(otherLeader.text()).isEqualTo("leader name does not match");
        assertThat(otherLeader.outcome()).isEqualTo(Outcome.PRECONDITION_REPLAN);
        assertThat(otherLeader.retryable()).isFalse();
        assertThat(fake.api("n1").switchover("n1", Optional.of("n9")).outcome()).isEqualTo(Outcome.PRECONDITION_REPLAN);
        fake.cluster.synchronousMode = true;
        assertThat(switchover().outcome()).isEqualTo(Outcome.PRECONDITION_REPLAN);
        fake.cluster.synchronousMode = false;
        fake.cluster.members.removeAll(List.of("n2", "n3"));
        assertThat(fake.api("n1").switchover("n1", Optional.empty()).outcome()).isEqualTo(Outcome.PRECONDITION_REPLAN);
    }

    @Test
    void time422() {
        Answer answer = new Answer(422, "Cannot schedule switchover in the past", true);
        assertThat(Replies.outcome(Verb.SWITCHOVER, answer)).isEqualTo(Outcome.BAD_TIME);
        assertThat(Outcome.BAD_TIME.retryable()).isFalse();
    }

    @Test
    void error500_ofAScheduleWhilePaused() {
        Answer answer = new Answer(500, "Can't schedule restart in the paused state", true);
        assertThat(Replies.outcome(Verb.RESTART, answer)).isEqualTo(Outcome.PAUSED_SCHEDULE);
        assertThat(Replies.outcome(Verb.RESTART, new Answer(500, "oops", true))).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void ancient501_isAskedForAFailover() {
        // The fake answers 501 to what it does not know, as such a server does.
        assertThat(Replies.outcome(Verb.SWITCHOVER, new Answer(501, "Unsupported method ('POST')", true)))
                .isEqualTo(Outcome.OLD_SERVER);
        fake.cluster.withoutSwitchover = true;
        assertThat(switchover().isDone()).isTrue();
        assertThat(fake.server("n1").seen().stream().map(FakeRequest::toString))
                .containsExactly("POST /switchover", "POST /failover");
        assertThat(fake.server("n1").seen().get(1).body()).contains("{\"candidate\":\"n2\",\"leader\":\"n1\"}");
    }

    @Test
    void gateway502_and503_ofAReadingAreAskedElsewhere() {
        fake.cluster.configGone = true;
        assertThatThrownBy(fake.apis::config)
                .isInstanceOfSatisfying(GdsDatabaseException.class, e -> {
                    assertThat(e.code()).isEqualTo("PATRONI-DCS");
                    assertThat(e.retryable()).isTrue();
                })
                .hasMessageContainingAll("n1", "n2", "n3", "HTTP 502");
        assertThat(fake.server("n3").seen()).hasSize(1);
        Reply patch = fake.api("n1").patchConfig(ConfigPatch.set(1, "ttl"));
        assertThat(patch.outcome()).isEqualTo(Outcome.CONFIG_MISSING);
        assertThat(fake.api("n2").answers("/primary"))
                .as("503: not in that role")
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void unknown503_inAllVersions(Version version) throws IOException {
        fake.close();
        fake = new FakeMembers(version);
        fake.cluster.switchoverEnds = Ending.UNKNOWN;
        Reply reply = switchover();
        assertThat(reply.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(reply.isUnknown()).isTrue();
        assertThat(reply.retryable()).isFalse();
        Answer later =
                new Answer(503, "Switchover status unknown after 20 seconds; operation may still be in progress", true);
        assertThat(Replies.outcome(Verb.SWITCHOVER, later)).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void unknown_whenTheConnectionIsReset() {
        fake.server("n1").then(Fault.RESET_AFTER);
        Reply reply = switchover();
        assertThat(reply.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(reply.code()).isZero();
        assertThat(fake.cluster.effects()).containsExactly("switchover to n2");
        fake.server("n1").then(Fault.RESET_BEFORE);
        assertThat(restart("n1").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(fake.server("n1").seen()).as("never repeated").hasSize(2);
    }

    @Test
    void unknown_whenNoAnswerComesInTime() throws IOException {
        fake.close();
        fake = new FakeMembers(Version.V4_1, FakeMembers.HASTY);
        fake.server("n1").then(Fault.SILENT_AFTER);
        Reply reply = switchover();
        assertThat(reply.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(reply.text()).contains("gave no answer to POST /switchover within 2.0 s");
        assertThat(fake.cluster.effects()).containsExactly("switchover to n2");
    }

    @Test
    void unknown_whenAGatewayGaveUp() {
        fake.server("n1").then(Fault.HTML_504);
        assertThat(switchover().outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void unknown_whenTheAnswerBreaksOff() {
        fake.server("n1").then(Fault.CUT_SHORT);
        Reply reply = switchover();
        assertThat(reply.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(reply.text()).isEqualTo("Successfully swit");
        fake.server("n2").then(Fault.CUT_AND_RESET);
        fake.cluster.installed.put("n2", 150020);
        assertThat(restart("n2").outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void failed503_changedNothing(Version version) throws IOException {
        fake.close();
        fake = new FakeMembers(version);
        fake.cluster.switchoverEnds = Ending.FAILS;
        Reply reply = switchover();
        assertThat(reply.outcome()).isEqualTo(Outcome.NOT_SWITCHED);
        assertThat(reply.retryable()).isTrue();
        fake.cluster.switchoverEnds = Ending.NOT_WRITTEN;
        assertThat(switchover().outcome()).as("the write may have arrived").isEqualTo(Outcome.NOT_WRITTEN);
        assertThat(Outcome.NOT_WRITTEN.effect()).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void conditions503_meanThatItRunsTheVersion() {
        fake.cluster.installed.put("n2", 150020);
        assertThat(restart("n2").outcome()).isEqualTo(Outcome.DONE);
        Reply again = restart("n2");
        assertThat(again.outcome()).isEqualTo(Outcome.CONDITIONS_NOT_MET);
        assertThat(fake.api("n2").status().serverVersion().map(Object::toString))
                .contains("15.20");
        assertThat(fake.cluster.effects()).containsExactly("restart on n2");
    }

    @Test
    void busy503() {
        fake.cluster.restarts = Restarting.BUSY;
        Reply reply = restart("n2");
        assertThat(reply.outcome()).isEqualTo(Outcome.BUSY);
        assertThat(reply.retryable()).isTrue();
    }

    @Test
    void restart503_thatWentWrongSaysHow() {
        fake.cluster.restarts = Restarting.STILL_STARTING;
        assertThat(restart("n2").outcome()).isEqualTo(Outcome.STILL_STARTING);
        fake.cluster.restarts = Restarting.FAILS;
        assertThat(restart("n2").outcome()).isEqualTo(Outcome.RESTART_FAILED);
        fake.cluster.restarts = Restarting.THROWS;
        Reply threw = restart("n2");
        assertThat(threw.code()).isEqualTo(400);
        assertThat(threw.outcome()).as("not our bug").isEqualTo(Outcome.RESTART_FAILED);
        assertThat(threw.isUnknown()).isTrue();
    }

    @Test
    void reinitialize() {
        assertThat(fake.api("n1").reinitialize().outcome()).isEqualTo(Outcome.CANNOT_REINITIALIZE);
        assertThat(fake.api("n2").reinitialize().outcome()).isEqualTo(Outcome.ACCEPTED);
        Answer busy = new Answer(503, "reinitialize already in progress", true);
        assertThat(Replies.outcome(Verb.REINITIALIZE, busy)).isEqualTo(Outcome.BUSY);
    }

    @Test
    void refusedConnection_wasNotSent() throws IOException {
        fake.server("n1").close();
        Reply reply = switchover();
        assertThat(reply.outcome()).isEqualTo(Outcome.NOT_SENT);
        assertThat(reply.outcome().effect()).isEqualTo(Effect.NONE);
        assertThat(reply.text()).contains("nobody listens there");
    }

    @Test
    void replyAsAnErrorNamesMemberVerbAnswerAndRemedy() {
        fake.cluster.switchoverEnds = Ending.FAILS;
        GdsDatabaseException error = switchover().toException();
        assertThat(error.code()).isEqualTo("PATRONI-NOT-SWITCHED");
        assertThat(error.retryable()).isTrue();
        assertThat(error)
                .hasMessageContainingAll(
                        "member n1", "POST /switchover", "HTTP 503", "Switchover failed", "Remedy: check");
    }

    @Test
    void thePatchedConfigurationIsNotShown() {
        Reply reply = fake.api("n1").patchConfig(ConfigPatch.set("cp %p /x", "postgresql", "archive"));
        assertThat(reply.isDone()).isTrue();
        assertThat(reply.text()).isEmpty();
        assertThat(fake.api("n1").config().object("postgresql")).isEqualTo(Params.of("archive", "cp %p /x"));
    }
}
