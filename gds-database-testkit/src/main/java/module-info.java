/** The contract every engine must keep, as tests to extend; a fake engine, crashes at will, and a clock to move. */
module io.gds.database.testkit {
    exports io.gds.database.testkit;
    exports io.gds.database.testkit.faults;
    exports io.gds.database.testkit.linux;
    exports io.gds.database.testkit.mssql;
    exports io.gds.database.testkit.pacemaker;
    exports io.gds.database.testkit.powershell;
    exports io.gds.database.testkit.tds;
    exports io.gds.database.testkit.windows;
    exports io.gds.database.testkit.winrm;

    requires transitive io.gds.database.api;
    requires transitive io.gds.database.core;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires com.fasterxml.jackson.core;
    requires com.h2database;
    requires transitive java.sql;
    requires java.xml;
    requires org.slf4j;
}
