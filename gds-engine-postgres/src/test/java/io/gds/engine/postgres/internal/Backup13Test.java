package io.gds.engine.postgres.internal;

import org.junit.jupiter.api.Tag;

@Tag("slow")
class Backup13Test extends BackupTest {
    Backup13Test() {
        super("13.23");
    }
}
