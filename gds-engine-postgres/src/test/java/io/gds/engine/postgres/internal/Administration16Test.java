package io.gds.engine.postgres.internal;

class Administration16Test extends AdministrationTest {
    Administration16Test() {
        super("16.15");
    }
}
