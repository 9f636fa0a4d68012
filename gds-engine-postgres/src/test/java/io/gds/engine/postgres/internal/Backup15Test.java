package io.gds.engine.postgres.internal;

import org.junit.jupiter.api.Tag;

@Tag("slow")
class Backup15Test extends BackupTest {
    Backup15Test() {
        super("15.19");
    }
}
