/** Plans and runs. */
module io.gds.database.core {
    exports io.gds.database.core;

    requires transitive io.gds.database.api;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires dev.failsafe.core;
    requires java.sql;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
}
