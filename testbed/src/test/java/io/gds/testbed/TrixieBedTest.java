package io.gds.testbed;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class TrixieBedTest extends BedContract {
    @RegisterExtension
    static final PatroniTestbed TESTBED = PatroniTestbed.of(BedOptions.of(Edition.TRIXIE));

    @Override
    Bed bed() {
        return TESTBED.bed();
    }
}
