package io.gds.engine.postgres.internal;

class Administration13Test extends AdministrationTest {
    Administration13Test() {
        super("13.23");
    }
}
