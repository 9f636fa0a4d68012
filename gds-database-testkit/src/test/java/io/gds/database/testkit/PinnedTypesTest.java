package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.GateRule;
import io.gds.database.run.RunOutcome;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.Verdict;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** No tool for API changes notices a new subtype of a sealed type, which breaks every switch of our users. */
class PinnedTypesTest {
    private static void pinned(Class<?> type, String... names) {
        assertThat(Arrays.stream(type.getPermittedSubclasses()).map(Class::getSimpleName))
                .as(type.getName() + ": a change here is a major one")
                .containsExactlyInAnyOrder(names);
    }

    @Test
    void sealedTypesKeepTheirSubtypes() {
        pinned(
                RunOutcome.class,
                "Succeeded",
                "Partial",
                "Waiting",
                "RolledBack",
                "Failed",
                "Cancelled",
                "Undetermined");
        pinned(GateRule.class, "Approval", "Elapsed", "Healthy", "LagAtMost", "HostCheck", "AllOf", "AnyOf");
        pinned(Prepared.class, "Proceed", "Already", "Skip", "Hold", "Refuse");
        pinned(Verdict.class, "Holds", "NotYet", "Again", "Broken");
        pinned(Probed.class, "Done", "NotDone", "Partial", "InProgress", "Unknown");
        pinned(Permit.class, "Granted", "Wait", "Refused");
    }
}
