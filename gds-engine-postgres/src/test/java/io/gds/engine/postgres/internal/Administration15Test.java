package io.gds.engine.postgres.internal;

class Administration15Test extends AdministrationTest {
    Administration15Test() {
        super("15.19");
    }
}
