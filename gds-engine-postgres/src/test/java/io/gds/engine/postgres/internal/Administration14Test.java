package io.gds.engine.postgres.internal;

class Administration14Test extends AdministrationTest {
    Administration14Test() {
        super("14.24");
    }
}
