package io.gds.engine.postgres.internal;

class Administration17Test extends AdministrationTest {
    Administration17Test() {
        super("17.11");
    }
}
