package io.gds.database.core.internal.packages;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DnfCrashTest {
    @Test
    void whereverTheJobIsKilledTheNextCallMakesGood() throws IOException {
        JobCrash.everywhere(
                DebianTree.acmeOfRpm(),
                new DnfPackagesProvider(),
                "dnf -q versionlock add acme-libs",
                "dnf -q versionlock list");
    }
}
