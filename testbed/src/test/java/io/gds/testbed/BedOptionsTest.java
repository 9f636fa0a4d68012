package io.gds.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.TestAbortedException;

@Tag("slow")
class BedOptionsTest {
    private static final String ARCHIVE = "/var/lib/postgresql/archive";

    @RegisterExtension
    static final PatroniTestbed TESTBED = PatroniTestbed.of(BedOptions.of(Edition.BOOKWORM)
            .patroniDefaults()
            .sync(BedOptions.SyncMode.STRICT)
            .parameters(Map.of("archive_mode", "on"))
            .parameters(Map.of("archive_command", "test \"%p\" && cp %p " + ARCHIVE + "/%f"))
            .disk("n1", ARCHIVE, 24)
            .disk("n2", ARCHIVE, 24));

    @Test
    void everyOptionTakesEffect() throws Exception {
        Bed bed = TESTBED.bed();
        BedNode leader = bed.sql().leader();
        assertThat(bed.api().get(leader, "/config").body())
                .contains("\"loop_wait\": 10", "\"ttl\": 30", "\"synchronous_mode_strict\": true");
        assertThat(bed.sql().column(leader, "select sync_state from pg_stat_replication where sync_state = 'sync'"))
                .hasSize(1);
        assertThat(bed.sql().value(leader, "show archive_command"))
                .isEqualTo("test \"%p\" && cp %p " + ARCHIVE + "/%f");
        Invariants.of(bed).assertKept();

        // A full archive: one segment is 16 MB and fits, the second one does not.
        for (int segment = 0; segment < 3; segment++) {
            bed.sql().value(leader, "select pg_logical_emit_message(true, 'bed', 'segment')");
            bed.sql().value(leader, "select pg_switch_wal()");
        }
        Eventually.holds(BedContract.SOON, "a failed archive_command", () -> !bed.sql()
                .value(leader, "select failed_count from pg_stat_archiver")
                .equals("0"));
        bed.node("n1").crash();
        bed.node("n1").boot();
        assertThat(bed.node("n1").run("ls", ARCHIVE))
                .as("the disk outlives a crash")
                .isNotEmpty();
        bed.reset();
        assertThat(bed.sql().leader().name()).isEqualTo("n1");
    }

    @Test
    void missingTestbedSkipsUnlessRequired() {
        assertThatThrownBy(() -> PatroniTestbed.orSkip(null, BedOptionsTest::unavailable))
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("SKIP: patroni testbed: no mirror");
        assertThatThrownBy(() -> PatroniTestbed.orSkip("required", BedOptionsTest::unavailable))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("required")
                .hasMessageContaining("no mirror");
    }

    private static String unavailable() {
        throw new TestbedUnavailableException("no mirror");
    }
}
