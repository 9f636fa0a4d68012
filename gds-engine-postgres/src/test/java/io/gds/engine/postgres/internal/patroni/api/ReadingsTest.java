package io.gds.engine.postgres.internal.patroni.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.Secret;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.engine.postgres.internal.patroni.api.FakeCluster.Version;
import io.gds.engine.postgres.internal.patroni.api.FakePatroni.Fault;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What readings make of strange answers and of none. */
class ReadingsTest {
    private FakeMembers fake = new FakeMembers(Version.V4_1);

    @AfterEach
    void close() throws IOException {
        fake.close();
    }

    private static void fails(ThrowingCallable call, String code, boolean retryable, String... words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(GdsDatabaseException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.retryable()).isEqualTo(retryable);
                    assertThat(e.remedy()).isNotEmpty();
                })
                .hasMessageContainingAll(words);
    }

    private static NodeStatus status(String json) {
        return NodeStatus.of(JsonObject.parse("member n1, /patroni", json, json));
    }

    @Test
    void garbageIsAnErrorThatNamesTheMemberAndWhatWasFound() {
        fake.server("n2").then(Fault.GARBAGE);
        fails(
                () -> fake.api("n2").status(),
                "PATRONI-ANSWER",
                false,
                "member n2",
                "GET /patroni",
                "found \"It works!\"",
                "expected a JSON object");
    }

    @Test
    void garbageInsteadOfAConfigurationIsNotShown() {
        fake.server("n1").then(Fault.GARBAGE);
        assertThatThrownBy(() -> fake.api("n1").config())
                .hasMessageContaining("9 characters")
                .hasMessageNotContaining("works");
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        fake.server("n1").then(Fault.ENDLESS);
        fails(() -> fake.api("n1").cluster(), "PATRONI-UNREACHABLE", true, "member n1", "broke off");
    }

    @Test
    void anAnswerThatBreaksOffMayBeAskedForAgain() {
        fake.server("n1").then(Fault.CUT_SHORT);
        fails(() -> fake.api("n1").status(), "PATRONI-UNREACHABLE", true, "member n1", "broke off");
        assertThat(fake.api("n1").status().isRunning()).isTrue();
    }

    @Test
    void aWrongTypeIsAnErrorThatNamesTheKey() {
        String form = "{\"state\":\"running\",\"role\":\"replica\",\"patroni\":{\"version\":\"4.0.4\"},%s}";
        fails(
                () -> status(form.formatted("\"timeline\":\"x\"")),
                "PATRONI-ANSWER",
                false,
                "\"timeline\": found \"x\", expected a number");
        fails(
                () -> status(form.formatted("\"xlog\":{\"location\":[]}")),
                "PATRONI-ANSWER",
                false,
                "\"xlog.location\": found \"[]\", expected a number");
        fails(
                () -> status(form.formatted("\"postmaster_start_time\":\"yesterday\"")),
                "PATRONI-ANSWER",
                false,
                "\"postmaster_start_time\": found \"yesterday\", expected a time");
        fails(() -> status(form.formatted("\"replication\":[1]")), "PATRONI-ANSWER", false, "a list of objects");
        fails(() -> status(form.formatted("\"pause\":\"yes\"")), "PATRONI-ANSWER", false, "true or false");
        fails(() -> status("{\"state\":\"running\"}"), "PATRONI-ANSWER", false, "found nothing");
        fails(
                () -> ClusterView.of(JsonObject.parse("member n1, /cluster", "{}", "{}")),
                "PATRONI-ANSWER",
                false,
                "\"members\": found nothing, expected a list of members");
    }

    @Test
    void aServerThatIsDownSaysLittleAndThatIsEnough() {
        NodeStatus down = status("{\"state\":\"stopped\",\"role\":\"replica\",\"cluster_unlocked\":true,"
                + "\"watchdog_failed\":true,\"failsafe_mode_is_active\":true,\"unknown_key\":{\"a\":[1]},"
                + "\"dcs_last_seen\":0,\"timeline\":null,\"patroni\":{\"version\":\"3.3.2\",\"scope\":\"demo\"}}");
        assertThat(down.isRunning()).isFalse();
        assertThat(down.serverVersion()).isEmpty();
        assertThat(down.postmasterStart()).isEmpty();
        assertThat(down.timeline()).isEmpty();
        assertThat(down.clusterUnlocked()).isTrue();
        assertThat(down.watchdogFailed()).isTrue();
        assertThat(down.failsafeActive()).isTrue();
        assertThat(down.dcsLastSeen()).isEmpty();
    }

    @Test
    void anUnknownLagIsNotZero() {
        String json = "{\"members\":[{\"name\":\"n2\",\"role\":\"replica\",\"state\":\"starting\",\"lag\":\"unknown\","
                + "\"lsn\":\"unknown\",\"api_url\":null,\"tags\":{\"nofailover\":true,\"replicatefrom\":\"n1\"}}]}";
        ClusterView view = ClusterView.of(JsonObject.parse("test", json, json));
        ClusterMember member = view.member("n2").orElseThrow();
        assertThat(member.lag()).isEqualTo(OptionalLong.empty());
        assertThat(member.apiUrl()).isEmpty();
        assertThat(member.isRunning()).isFalse();
        assertThat(member.tags().flag("nofailover")).isTrue();
        assertThat(view.leader()).isEmpty();
        assertThat(view.member("n9")).isEmpty();
    }

    @Test
    void theConfigurationOfThisMomentIsReadByAChangeOfNothing() {
        Params before = fake.api("n1").config();
        assertThat(fake.api("n1").configNow()).isEqualTo(before);
        assertThat(fake.server("n1").seen().get(1)).hasToString("PATCH /config");
        fake.server("n1").withLogin("admin", "secret");
        fails(() -> fake.api("n1").configNow(), "PATRONI-ACCESS", false, "n1", "PATCH /config", "401");
        assertThat(fake.api("n1").config()).isEqualTo(before);
    }

    @Test
    void healthIsAStatusOnly() {
        assertThat(fake.api("n1").answers("/primary")).isTrue();
        assertThat(fake.api("n2").answers("/primary")).isFalse();
        assertThat(fake.api("n2").answers("/replica?lag=1MB")).isTrue();
        assertThat(fake.server("n2").seen().get(1).query()).isEqualTo("lag=1MB");
        assertThat(fake.api("n1").answers("/liveness"))
                .as("no headers, no body")
                .isTrue();
        fake.server("n1").then(Fault.HTML_400);
        fails(() -> fake.api("n1").answers("/primary"), "PATRONI-ANSWER", false, "HTTP 400", "200 or 503");
    }

    @Test
    void aDcsThatDoesNotAnswerShowsAsAConnectionWithoutAnAnswer() {
        fake.cluster.dcsDown = true;
        fails(
                () -> fake.api("n1").cluster(),
                "PATRONI-UNREACHABLE",
                true,
                "n1",
                "without an answer",
                "its DCS answers");
        assertThat(fake.api("n1").status().isRunning())
                .as("its own state it knows")
                .isTrue();
    }

    @Test
    void nobodyThere() throws IOException {
        fake.server("n3").close();
        fails(() -> fake.api("n3").status(), "PATRONI-UNREACHABLE", true, "member n3", "nobody listens there");
    }

    @Test
    void aNameWithoutAnAddress() {
        try (PatroniApis apis = new PatroniApis(
                List.of(new ApiTarget("n1", URI.create("http://no-such-host.invalid:8008"))), FakeMembers.PATIENT)) {
            fails(apis::cluster, "PATRONI-UNREACHABLE", true, "member n1", "no-such-host.invalid");
        }
    }

    @Test
    void everyCallHasADeadline() throws IOException {
        fake.close();
        fake = new FakeMembers(Version.V4_1, FakeMembers.HASTY);
        fake.server("n1").then(Fault.SILENT_AFTER);
        fails(() -> fake.api("n1").status(), "PATRONI-UNREACHABLE", true, "no answer to GET /patroni within 2.0 s");
    }

    @Test
    void everyCallCanBeInterrupted() throws Exception {
        fake.server("n1").then(Fault.SILENT_AFTER);
        FutureTask<NodeStatus> call = new FutureTask<>(() -> fake.api("n1").status());
        interruptOnceSent(call);
        fails(() -> rethrow(call), "GDS-INTERRUPTED", false, "member n1", "GET /patroni");
    }

    @Test
    void anInterruptedVerbIsOfUnknownOutcome() throws Exception {
        fake.server("n1").then(Fault.SILENT_AFTER);
        FutureTask<Boolean> call = new FutureTask<>(() -> {
            Reply reply = fake.api("n1").switchover("n1", java.util.Optional.of("n2"));
            assertThat(reply.outcome()).isEqualTo(Outcome.UNKNOWN);
            return Thread.currentThread().isInterrupted();
        });
        interruptOnceSent(call);
        assertThat(call.get()).as("the flag is kept").isTrue();
    }

    private void interruptOnceSent(FutureTask<?> call) throws InterruptedException {
        Thread caller = new Thread(call);
        caller.start();
        fake.server("n1").awaitRequest();
        caller.interrupt();
    }

    private static void rethrow(FutureTask<?> call) throws Throwable {
        try {
            call.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause();
        }
    }

    @Test
    void theLoginIsSentAtOnceAndNeverShown() throws IOException {
        fake.close();
        fake = new FakeMembers(Version.V4_1, FakeMembers.PATIENT.withLogin("admin", Secret.of("pässwörd:1")));
        fake.server("n1").withLogin("admin", "pässwörd:1");
        assertThat(fake.api("n1").mayWrite().isAllowed()).isTrue();
        assertThat(fake.server("n1").seen()).as("no round trip for a challenge").hasSize(1);
        fake.server("n2").withLogin("admin", "another");
        Reply refused = fake.api("n2").reload();
        assertThat(refused.text()).isEqualTo("not authenticated");
        assertThat(refused.toString() + FakeMembers.PATIENT.withLogin("admin", Secret.of("pässwörd:1")))
                .doesNotContain("pässwörd");
    }

    @Test
    void whatAMemberSaysIsShownOnOneLineBoundedAndMasked() {
        Excerpt excerpt = new Excerpt(ApiAccess.OPEN.withLogin("admin", Secret.of("s3cret")));
        assertThat(excerpt.of("a\n\u001b[31mb\tc")).isEqualTo("a [31mb c");
        assertThat(excerpt.of("x".repeat(5000))).hasSize(303).endsWith("...");
        assertThat(excerpt.of("your s3cret, YWRtaW46czNjcmV0")).isEqualTo("your ***, ***");
        assertThat(excerpt.of("<html><head><title>t</title><style>p{}</style></head><p>Not <b>here</b></p>"))
                .isEqualTo("Not here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h:1", "h:8008", "http://user:word@h:1", "http://h:1?x=1", "http:///x", "http://h h"})
    void aWrongAddressIsRefusedWithoutShowingAPassword(String url) {
        assertThatThrownBy(() -> ApiTarget.of("n1", url))
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("PATRONI-ADDRESS")
                .hasMessageContaining("\"n1\"")
                .hasMessageNotContaining("word");
    }

    @Test
    void anAddressAsMembersPublishIt() {
        assertThat(ApiTarget.of("n1", "https://[::1]:8008/patroni").base()).hasToString("https://[::1]:8008");
        assertThat(ApiTarget.of("n1", "http://h:8008/").base()).hasToString("http://h:8008");
        assertThat(ApiTarget.of("n1", "http://proxy/n1/patroni").at("/config")).hasToString("http://proxy/n1/config");
    }

    @Test
    void aWrongFilterIsRefusedBeforeItIsSent() {
        assertThatThrownBy(() -> RestartFilter.olderThan("15.20-0+deb12u1"))
                .hasMessageContainingAll("postgresVersion", "15.20-0+deb12u1", "16.4");
        assertThatThrownBy(() -> RestartFilter.olderThan("15")).isInstanceOf(GdsDatabaseException.class);
        assertThat(RestartFilter.olderThan("9.6.24").toJson()).isEqualTo("{\"postgres_version\":\"9.6.24\"}");
    }
}
