package io.gds.engine.postgres.internal;

import org.junit.jupiter.api.Tag;

@Tag("slow")
class Administration15Test extends AdministrationTest {
    Administration15Test() {
        super("15.19");
    }
}
