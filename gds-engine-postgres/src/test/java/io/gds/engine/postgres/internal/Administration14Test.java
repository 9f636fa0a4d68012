package io.gds.engine.postgres.internal;

import org.junit.jupiter.api.Tag;

@Tag("slow")
class Administration14Test extends AdministrationTest {
    Administration14Test() {
        super("14.24");
    }
}
