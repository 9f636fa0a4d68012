/** The contract every engine must keep, as tests to extend. */
module io.gds.database.testkit {
    exports io.gds.database.testkit;

    requires transitive io.gds.database.api;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires io.gds.database.core;
}
