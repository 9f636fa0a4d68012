/** The contract every engine must keep, as tests to extend; a fake engine, crashes at will, and a clock to move. */
module io.gds.database.testkit {
    exports io.gds.database.testkit;
    exports io.gds.database.testkit.faults;

    requires transitive io.gds.database.api;
    requires transitive io.gds.database.core;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires org.slf4j;
}
