package io.gds.engine.postgres.internal;

import org.junit.jupiter.api.Tag;

@Tag("slow")
class Administration13Test extends AdministrationTest {
    Administration13Test() {
        super("13.23");
    }
}
