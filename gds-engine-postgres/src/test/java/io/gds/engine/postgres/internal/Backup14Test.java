package io.gds.engine.postgres.internal;

class Backup14Test extends BackupTest {
    Backup14Test() {
        super("14.24");
    }
}
