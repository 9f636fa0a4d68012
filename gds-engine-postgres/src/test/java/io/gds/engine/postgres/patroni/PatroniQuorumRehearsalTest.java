package io.gds.engine.postgres.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.TurnForecast;
import io.gds.testbed.Bed;
import io.gds.testbed.BedOptions;
import io.gds.testbed.Edition;
import io.gds.testbed.PatroniTestbed;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A rehearsal under Patroni 4, for a cluster whose commits wait for standbys, of which a clone has none. */
@Tag("slow")
class PatroniQuorumRehearsalTest extends RehearsalCase {
    @RegisterExtension
    static final PatroniTestbed TESTBED =
            PatroniTestbed.of(BedOptions.of(Edition.TRIXIE).sync(BedOptions.SyncMode.QUORUM));

    @Override
    Bed start() {
        return TESTBED.bed();
    }

    @Test
    void aCloneCommitsAloneAndItsForecastCountsTheStandbys() throws IOException {
        try (PatroniCase c = besideAReplica()) {
            TurnForecast forecast = rehearse(c).estimates().turns().orElseThrow();
            assertThat(forecast.basis()).endsWith("on a clone, commits wait for standbys");
        }
    }
}
