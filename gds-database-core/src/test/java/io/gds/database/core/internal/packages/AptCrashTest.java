package io.gds.database.core.internal.packages;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class AptCrashTest {
    @Test
    void whereverTheJobIsKilledTheNextCallMakesGood() throws IOException {
        JobCrash.everywhere(DebianTree.acme(), new AptPackagesProvider(), "apt-mark hold libacme", "apt-mark showhold");
    }
}
