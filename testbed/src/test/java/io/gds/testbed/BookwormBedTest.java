package io.gds.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class BookwormBedTest {
    @RegisterExtension
    static final PatroniTestbed TESTBED = PatroniTestbed.of(BedOptions.of(Edition.BOOKWORM));

    @Test
    void nodesAreHosts() {
        for (BedNode n : TESTBED.bed().members()) {
            assertThat(n.run("hostname")).isEqualTo(n.name());
        }
    }
}
