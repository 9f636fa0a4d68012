package io.gds.engine.postgres.internal;

import org.junit.jupiter.api.Tag;

@Tag("slow")
class Backup16Test extends BackupTest {
    Backup16Test() {
        super("16.15");
    }
}
