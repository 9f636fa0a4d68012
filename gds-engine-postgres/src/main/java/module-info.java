/** PostgreSQL as an engine. */
module io.gds.engine.postgres {
    exports io.gds.engine.postgres;

    requires transitive io.gds.database.api;
    requires java.sql;
    requires org.postgresql.jdbc;
    requires org.slf4j;
}
