package io.gds.engine.postgres.internal;

class Backup17Test extends BackupTest {
    Backup17Test() {
        super("17.11");
    }
}
