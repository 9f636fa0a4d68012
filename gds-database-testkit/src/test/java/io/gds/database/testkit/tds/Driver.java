package io.gds.database.testkit.tds;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Connects the real driver to the stand-in. */
final class Driver {
    static final String USER = "sa";
    static final String PASSWORD = "a;b{c}=\"d'e wörd€";

    private Driver() {}

    /** In clear text unless the settings (name, value, name, value) say otherwise. */
    static Connection connect(TdsServer server, String... settings) throws SQLException {
        return connect(server.port(), settings);
    }

    static Connection connect(int port, String... settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", PASSWORD);
        properties.setProperty("encrypt", "false");
        properties.setProperty("loginTimeout", "30");
        properties.setProperty("connectRetryCount", "0"); // it would sleep ten seconds before it tries again
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        return new SQLServerDriver().connect("jdbc:sqlserver://localhost:" + port, properties);
    }
}
