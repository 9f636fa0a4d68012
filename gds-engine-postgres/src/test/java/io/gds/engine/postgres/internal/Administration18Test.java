package io.gds.engine.postgres.internal;

class Administration18Test extends AdministrationTest {
    Administration18Test() {
        super("18.6");
    }
}
