package io.gds.engine.postgres.internal;

class Backup13Test extends BackupTest {
    Backup13Test() {
        super("13.23");
    }
}
