/** SQL Server as an engine. */
@org.jspecify.annotations.NullMarked
module io.gds.engine.mssql {
    exports io.gds.engine.mssql;

    requires transitive io.gds.database.api;
    requires com.microsoft.sqlserver.jdbc;
    requires java.logging;
    requires java.naming;
    requires java.sql;
    requires java.xml;
    requires java.xml.soap;
    requires java.xml.ws;
    requires winrm4j.client;
    requires org.apache.cxf.core;
    requires org.apache.cxf.transport.http;
    requires org.apache.cxf.transport.http.hc;
    requires org.dhatim.fastexcel;
    requires org.slf4j;

    provides io.gds.database.spi.EngineProvider with
            io.gds.engine.mssql.internal.assembly.MssqlProvider;
    provides io.gds.database.spi.HostShellProvider with
            io.gds.engine.mssql.internal.winrm.WinRmShellProvider;
}
