package io.gds.engine.postgres.internal;

class Backup15Test extends BackupTest {
    Backup15Test() {
        super("15.19");
    }
}
