package io.gds.engine.postgres.internal;

import org.junit.jupiter.api.Tag;

@Tag("slow")
class Backup14Test extends BackupTest {
    Backup14Test() {
        super("14.24");
    }
}
