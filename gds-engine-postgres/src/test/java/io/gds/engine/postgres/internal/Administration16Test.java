package io.gds.engine.postgres.internal;

import org.junit.jupiter.api.Tag;

@Tag("slow")
class Administration16Test extends AdministrationTest {
    Administration16Test() {
        super("16.15");
    }
}
