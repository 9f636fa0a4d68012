package io.gds.engine.postgres.internal.patroni.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.patroni.api.FakeCluster.Ending;
import io.gds.engine.postgres.internal.patroni.api.FakeCluster.Version;
import io.gds.engine.postgres.internal.patroni.api.FakePatroni.Fault;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which member is asked, and when another one is asked instead. */
class PatroniApisTest {
    private final FakeMembers fake = new FakeMembers(Version.V3_0);

    @AfterEach
    void close() throws IOException {
        fake.close();
    }

    private int asked(String member) {
        return fake.server(member).seen().size();
    }

    @Test
    void theLastKnownLeaderIsAskedFirst() {
        fake.cluster.leader = "n3";
        assertThat(fake.apis.cluster().leader().map(ClusterMember::name)).contains("n3");
        fake.apis.config();
        fake.apis.patchConfig(ConfigPatch.set(5, "loop_wait"));
        assertThat(asked("n1")).as("only before the leader was known").isEqualTo(1);
        assertThat(asked("n3")).isEqualTo(2);
    }

    @Test
    void aReadingGoesOnToWhoeverCanTell() throws IOException {
        fake.server("n1").close();
        fake.server("n2").then(Fault.GARBAGE);
        assertThat(fake.apis.cluster().members()).hasSize(3);
        assertThat(asked("n2")).isEqualTo(1);
        assertThat(asked("n3")).isEqualTo(1);
    }

    @Test
    void whenNobodyCanTellEveryReasonIsNamed() throws IOException {
        fake.server("n1").close();
        fake.server("n2").then(Fault.GARBAGE);
        // The HTTP client itself repeats a reading that was reset, a few times.
        fake.server("n3").then(Collections.nCopies(10, Fault.RESET_BEFORE).toArray(Fault[]::new));
        assertThatThrownBy(fake.apis::cluster)
                .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.retryable())
                        .isTrue())
                .hasMessageContainingAll("nobody listens there", "It works!", "without an answer");
    }

    @Test
    void aSwitchoverIsAskedOfTheLeaderFirst() {
        assertThat(fake.apis.switchover("n1", Optional.of("n2")).member()).isEqualTo("n1");
        assertThat(fake.apis.switchover("n2", Optional.of("n3")).member()).isEqualTo("n2");
        assertThat(fake.cluster.effects()).containsExactly("switchover to n2", "switchover to n3");
    }

    @Test
    void aVerbThatWasNotSentIsAskedOfAnother() throws IOException {
        fake.server("n1").close();
        Reply reply = fake.apis.switchover("n1", Optional.of("n2"));
        assertThat(reply.isDone()).isTrue();
        assertThat(reply.member()).isEqualTo("n2");
    }

    @Test
    void aVerbThatMayHaveBeenSentIsNotRepeatedAnywhere() {
        fake.server("n1").then(Fault.RESET_AFTER);
        Reply lost = fake.apis.switchover("n1", Optional.of("n2"));
        assertThat(lost.outcome()).isEqualTo(Outcome.UNKNOWN);
        fake.cluster.switchoverEnds = Ending.FAILS;
        assertThat(fake.apis.switchover("n2", Optional.of("n1")).outcome()).isEqualTo(Outcome.NOT_SWITCHED);
        assertThat(asked("n3")).isZero();
        assertThat(fake.cluster.effects()).containsExactly("switchover to n2");
    }

    @Test
    void aVerbThatReachesNobodySaysSo() throws IOException {
        for (String each : fake.apis.members()) {
            fake.server(each).close();
        }
        Reply reply = fake.apis.switchover("n1", Optional.of("n2"));
        assertThat(reply.outcome()).isEqualTo(Outcome.NOT_SENT);
        assertThat(reply.retryable()).isTrue();
    }

    @Test
    void anUnknownMemberIsRefused() {
        assertThatThrownBy(() -> fake.api("n9"))
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContainingAll("\"n9\"", "n1, n2, n3");
        assertThatThrownBy(() -> new PatroniApis(List.of(), ApiAccess.OPEN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
