package io.gds.engine.postgres.patroni;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gds.database.datasource.HoldingDataSource;
import io.gds.database.plan.PrimaryTurn;
import io.gds.testbed.Bed;
import io.gds.testbed.BedOptions;
import io.gds.testbed.BedSql;
import io.gds.testbed.Edition;
import io.gds.testbed.Invariants;
import io.gds.testbed.PatroniTestbed;
import io.gds.testbed.WriteLoad;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Commits wait for a standby, always; no pooler: the application's own data source holds its traffic. */
@Tag("slow")
class PatroniHeldPatchTest extends PatchCase {
    @RegisterExtension
    static final PatroniTestbed TESTBED =
            PatroniTestbed.of(BedOptions.of(Edition.BOOKWORM).sync(BedOptions.SyncMode.STRICT));

    @TempDir
    Path directory;

    @Test
    void restartsInPlaceThereAndSwitchesOverBackWithoutAFailedTransaction() throws Exception {
        Bed bed = TESTBED.bed();
        Path hold = directory.resolve("hold");
        String spec = "holds:\n  - {type: file, path: \"" + hold + "\"}\n";
        try (PatroniCase c = PatroniCase.of(bed, secret -> spec);
                HikariDataSource pool = pool(bed);
                HoldingDataSource source = HoldingDataSource.around(pool)
                        .onRelease(
                                () -> requireNonNull(pool.getHikariPoolMXBean()).softEvictConnections())
                        .announcedBy(hold)
                        .build()) {
            thereAndBack(
                    bed,
                    c,
                    PrimaryTurn.RESTART_IN_PLACE,
                    PrimaryTurn.SWITCHOVER,
                    b -> Invariants.of(b).withoutPgBouncer(),
                    () -> WriteLoad.through(bed, source, CLIENTS, PACING));
        }
    }

    private static HikariDataSource pool(Bed bed) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(bed.sql().directUrl());
        config.setUsername(BedSql.APP);
        config.setPassword(BedSql.APP_PASSWORD);
        config.setMaximumPoolSize(CLIENTS);
        return new HikariDataSource(config);
    }
}
