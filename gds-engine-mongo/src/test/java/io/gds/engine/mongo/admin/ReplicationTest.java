package io.gds.engine.mongo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.Metric;
import io.gds.database.MetricSource;
import io.gds.database.ReplicationAdmin;
import io.gds.database.ReplicationStatus;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.topology.Lag;
import io.gds.database.topology.MemberRole;
import io.gds.samples.mongo.Await;
import io.gds.samples.mongo.ReplicaSetMember;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A set of which every member is of another kind: m1 leads, m2 never does, m3 is hidden and an hour behind, m4 is an arbiter, m5
 * has no vote.
 */
@Tag("slow")
class ReplicationTest {
    private static final List<String> FOLLOWERS = List.of("m2", "m3", "m5");

    private static AdminSet bed;

    @BeforeAll
    static void start() {
        bed = AdminSet.start(b -> b.members(5)
                .member("m2", m -> m.append("priority", 0))
                .member("m3", m -> m.append("priority", 0)
                        .append("hidden", true)
                        .append("votes", 0)
                        .append("secondaryDelaySecs", 3600))
                .member("m4", m -> m.append("arbiterOnly", true))
                .member("m5", m -> m.append("votes", 0).append("priority", 0)));
    }

    @AfterAll
    static void stop() {
        if (bed != null) {
            bed.close();
        }
    }

    @Test
    void everyMemberTellsItsRoleModeAndPartners() {
        Await.until("all to follow", Duration.ofSeconds(60), () -> {
            // one look for all: where a member is silent each of them takes its time
            List<ReplicationStatus> now = all();
            return now.stream().filter(s -> FOLLOWERS.contains(s.member())).allMatch(s -> s.lag()
                            .isPresent())
                    ? ""
                    : now + whatSay(now);
        });
        assertThat(all()).extracting(ReplicationStatus::member).containsExactly("m1", "m2", "m3", "m4", "m5");
        assertThat(status("m1")).satisfies(s -> {
            assertThat(s.role()).isEqualTo(MemberRole.PRIMARY);
            assertThat(s.mode()).isEqualTo("PRIMARY");
            assertThat(s.enabled()).isTrue();
            assertThat(s.lag()).isEmpty();
            assertThat(s.partners()).isNotEmpty().isSubsetOf("m2", "m3", "m5");
        });
        for (String member : FOLLOWERS) {
            assertThat(status(member)).satisfies(s -> {
                assertThat(s.role()).isEqualTo(MemberRole.REPLICA);
                assertThat(s.mode()).isEqualTo("SECONDARY");
                assertThat(s.enabled()).isTrue();
                assertThat(s.syncState()).isEqualTo(member.equals("m2") ? "voting" : "non-voting");
                assertThat(s.partners()).isNotEmpty();
            });
        }
        assertThat(status("m4")).satisfies(s -> {
            assertThat(s.role()).isEqualTo(MemberRole.ARBITER);
            assertThat(s.mode()).isEqualTo("ARBITER");
            assertThat(s.enabled()).isFalse();
            assertThat(s.lag()).isEmpty();
            assertThat(s.partners()).isEmpty();
        });
    }

    @Test
    void aDelayThatIsWantedIsNoLag() {
        for (int i = 0; i < 3; i++) {
            bed.client().getDatabase("lag").getCollection("t").insertOne(new Document());
        }
        assertThat(status("m3").lag().orElseThrow())
                .satisfies(l -> assertThat(l.unit()).isEqualTo(Lag.Unit.MILLISECONDS))
                .satisfies(l -> assertThat(l.amount()).isZero());
        List<Metric> lags = bed
                .facet(MetricSource.class)
                .metrics(Instant.now().minusSeconds(1), Instant.now().plusSeconds(10))
                .stream()
                .filter(m -> m.name().equals("replication.lag.time"))
                .toList();
        assertThat(lags).extracting(m -> m.labels().get("member")).containsExactlyInAnyOrder("m2", "m3", "m5");
        assertThat(lags)
                .filteredOn(m -> "m3".equals(m.labels().get("member")))
                .singleElement()
                .satisfies(m -> assertThat(m.value()).isZero());
    }

    @ParameterizedTest
    @ValueSource(strings = {"m2", "m3", "m4", "m5", "m9", ""})
    void oneThatCannotLeadIsRefusedAndNothingIsTouched(String target) {
        Document before = config();
        Object term = term();

        assertThatThrownBy(() -> bed.facet(ReplicationAdmin.class).failover(target))
                .isInstanceOfSatisfying(GdsDatabaseException.class, e -> {
                    assertThat(e.code()).isEqualTo("GDS-FAILOVER-REFUSED");
                    assertThat(e.remedy()).isNotEmpty();
                })
                .hasMessageContaining("member \"" + target + "\"");

        assertThat(bed.set().findPrimary().map(ReplicaSetMember::name)).isEqualTo(Optional.of("m1"));
        assertThat(term()).isEqualTo(term);
        assertThat(config()).isEqualTo(before);
    }

    @Test
    void reasonOfARefusalIsTheMembersOwn() {
        ReplicationAdmin replication = bed.facet(ReplicationAdmin.class);
        assertThatThrownBy(() -> replication.failover("m2")).hasMessageContaining("priority 0");
        assertThatThrownBy(() -> replication.failover("m4")).hasMessageContaining("arbiter");
        assertThatThrownBy(() -> replication.failover("m9")).hasMessageContaining("[m1, m2, m3, m4, m5]");
    }

    @Test
    void primaryAsTheTargetIsNoChange() {
        assertThat(bed.facet(ReplicationAdmin.class).failover("m1").changed()).isFalse();
    }

    private static List<ReplicationStatus> all() {
        return bed.facet(ReplicationAdmin.class).replicationStatus();
    }

    /** Of those that the engine has no word from: whether they run, and the ends of their logs. */
    private static String whatSay(List<ReplicationStatus> now) {
        return now.stream()
                .filter(s -> s.role() == MemberRole.UNKNOWN)
                .map(s -> bed.set().member(s.member()))
                .map(m -> "\n" + m + (m.isRunning() ? " runs: " : " is down: ") + m.logTail())
                .collect(Collectors.joining());
    }

    private static ReplicationStatus status(String member) {
        return all().stream().filter(s -> s.member().equals(member)).findFirst().orElseThrow();
    }

    private static Document config() {
        return bed.set().member("m1").run(new Document("replSetGetConfig", 1)).get("config", Document.class);
    }

    private static Object term() {
        return bed.set().member("m1").run(new Document("replSetGetStatus", 1)).get("term");
    }
}
