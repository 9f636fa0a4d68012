package io.gds.engine.postgres.internal;

class Backup16Test extends BackupTest {
    Backup16Test() {
        super("16.15");
    }
}
