/** What callers and engine authors compile against. */
module io.gds.database.api {
    exports io.gds.database;

    requires transitive org.jspecify;
    requires org.slf4j;
}
