package io.gds.engine.mongo.internal.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.engine.mongo.internal.client.Clients;
import io.gds.engine.mongo.internal.config.MongoSpec;
import io.gds.samples.mongo.MongodBinaries;
import io.gds.samples.mongo.ReplicaSet;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real servers of every version say of themselves. */
@Tag("slow")
class ViewsOfRealSetsTest {
    private static MongodBinaries binaries() {
        var found = MongodBinaries.find();
        Assumptions.assumeTrue(found.isPresent(), "no mongod: name a directory by " + MongodBinaries.HOME_VARIABLE);
        return found.orElseThrow();
    }

    static MongoSpec spec(ReplicaSet set) {
        List<Params> members = set.members().stream()
                .map(m -> Params.of("name", m.name(), "host", "127.0.0.1", "port", (long) m.port()))
                .toList();
        return MongoSpec.of(Params.of("name", set.name(), "environment", "test", "members", members));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.4.2", "5.0.4", "6.0.27"})
    void aHealthySetAgrees(String version) throws Exception {
        try (ReplicaSet set = ReplicaSet.builder(binaries())
                        .version(version)
                        .member("m2", m -> m.append("hidden", true).append("priority", 0))
                        .member("m3", m -> m.append("tags", new org.bson.Document("rack", "r3")))
                        .start();
                Clients clients = new Clients(spec(set), r -> {
                    throw new AssertionError(r);
                });
                ViewReader reader = new ViewReader(spec(set), clients, Clock.systemUTC())) {
            SetViews views = reader.read();

            assertThat(Disagreements.in(views)).isEmpty();
            Topology t = TopologyOf.the(views);
            assertThat(t.primary().orElseThrow().name()).isEqualTo("m1");
            assertThat(t.member("m2").orElseThrow().role()).isEqualTo(MemberRole.REPLICA);
            assertThat(t.member("m3").orElseThrow().role()).isEqualTo(MemberRole.STANDBY);
            assertThat(t.member("m3").orElseThrow().attributes()).containsEntry("tag.rack", "r3");
            assertThat(t.members())
                    .allSatisfy(m -> assertThat(m.version().orElseThrow()).hasToString(version));
            assertThat(t.systemId()).matches("[0-9a-f]{24}");
            String series = version.substring(0, 3);
            assertThat(views.all())
                    .allSatisfy(v -> assertThat(v.compatibility().orElseThrow().version())
                            .isEqualTo(series));
        }
    }

    @Test
    void aMemberThatIsDownIsSilentAndNobodyElseIsWrong() throws Exception {
        try (ReplicaSet set = ReplicaSet.builder(binaries()).version("6.0.27").start();
                Clients clients = new Clients(spec(set), r -> {
                    throw new AssertionError(r);
                });
                ViewReader reader = new ViewReader(spec(set), clients, Clock.systemUTC())) {
            set.member("m3").kill();
            SetViews views = reader.read();
            assertThat(views.silent()).containsOnlyKeys("m3");
            assertThat(Disagreements.in(views).stream().map(Finding::id)).isEqualTo(List.of());
            assertThat(TopologyOf.the(views).member("m3").orElseThrow().reachable())
                    .isFalse();
        }
    }
}
