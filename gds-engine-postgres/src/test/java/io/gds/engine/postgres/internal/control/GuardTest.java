package io.gds.engine.postgres.internal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.core.Engines;
import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.samples.embedded.EmbeddedCluster;
import io.gds.samples.embedded.PostgresBinaries;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dead man's timer does when nobody is left: the orchestrator is never resumed in these tests. */
@Tag("slow")
class GuardTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private EmbeddedCluster cluster;
    private PostgresEngine engine;
    private Roles roles;

    @BeforeEach
    void start(@TempDir Path dir) throws Exception {
        cluster = EmbeddedCluster.builder(PostgresBinaries.find())
                .version("17.11")
                .members(2)
                .name("guarded")
                .start();
        Path spec = dir.resolve("guarded.yaml");
        cluster.writeSpec(spec);
        engine = (PostgresEngine) Engines.open(spec);
        roles = new Roles(engine);
    }

    @AfterEach
    void stop() {
        engine.close();
        cluster.close();
    }

    private void stopPrimary() {
        Host n1 = new Host(engine, "n1");
        n1.requestStop();
        assertThat(Spin.until(() -> n1.control().state() == ControlFile.State.SHUT_DOWN, LIMIT))
                .isTrue();
    }

    @Test
    void startsTheOldPrimaryAgainWhenThePromotionWasNotDecided() throws Exception {
        Guard guard = new Guard(engine, "n1");
        guard.arm("n2");
        stopPrimary();

        assertThat(Spin.until(() -> roles.of("n1") == Roles.Answer.PRIMARY, LIMIT))
                .isTrue();
        assertThat(roles.of("n2")).isEqualTo(Roles.Answer.FOLLOWER);
        assertThat(guard.isWatching()).isFalse();
        assertThatThrownBy(guard::decidePromotion)
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("PG-GUARD-FIRED");
        guard.disarm();
        assertThat(guard.isThere()).isFalse();
    }

    @Test
    void promotesTheCandidateWhenThatWasDecidedAndNobodyDidIt() throws Exception {
        Guard guard = new Guard(engine, "n1");
        guard.arm("n2");
        stopPrimary();
        guard.decidePromotion();

        assertThat(Spin.until(() -> roles.of("n2") == Roles.Answer.PRIMARY, LIMIT))
                .isTrue();
        assertThat(roles.of("n1")).isEqualTo(Roles.Answer.SILENT);
        guard.disarm();
    }
}
