package io.gds.engine.mssql.internal.sql;

import io.gds.engine.mssql.internal.config.EncryptionSpec;
import io.gds.engine.mssql.internal.config.TargetSpec;

/**
 * A connection string: where an instance is and how connections to it are protected. It says nothing of logins.
 *
 * <p>Source: Building the connection URL (JDBC driver for SQL Server): values stand in braces, with a closing one doubled.
 */
final class JdbcUrl {
    private JdbcUrl() {}

    static String of(TargetSpec target, EncryptionSpec encryption, String database) {
        StringBuilder url = new StringBuilder("jdbc:sqlserver://");
        // A colon in front of the first semicolon begins a port.
        url.append(target.server().contains(":") ? ";serverName=" + value(target.server()) : target.server());
        // The driver looks the instance's port up by its name, and has to be told when it is known.
        target.port().ifPresentOrElse(port -> url.append(";portNumber=").append(port), () -> target.instance()
                .ifPresent(i -> url.append(";instanceName=").append(value(i))));
        url.append(";databaseName=").append(value(database));
        url.append(";encrypt=").append(encryption.mode());
        encryption.hostName().ifPresent(h -> url.append(";hostNameInCertificate=")
                .append(value(h)));
        return url.append(encryption.trustAny() ? ";trustServerCertificate=true" : "")
                .toString();
    }

    private static String value(String text) {
        return "{" + text.replace("}", "}}") + "}";
    }
}
