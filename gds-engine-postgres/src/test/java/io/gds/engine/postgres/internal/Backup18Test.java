package io.gds.engine.postgres.internal;

class Backup18Test extends BackupTest {
    Backup18Test() {
        super("18.6");
    }
}
