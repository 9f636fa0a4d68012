package io.gds.engine.postgres.internal.clone;

import io.gds.engine.postgres.internal.sql.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The clone's configuration: what its source has set, wherever it is kept there, without anything that leads outside. The
 * clone archives nothing, follows nobody, subscribes to nothing, and listens on loopback only.
 */
final class CloneConfig {
    private static final Set<String> ENCRYPTION = Set.of(
            "ssl", "ssl_ca_file", "ssl_cert_file", "ssl_crl_file", "ssl_crl_dir", "ssl_key_file", "ssl_dh_params_file");

    private CloneConfig() {}

    static void write(Session source, Path dataDir, int port, String name, Path socketDir)
            throws SQLException, IOException {
        Map<String, String> settings = new TreeMap<>(CopiedSettings.of(source));
        settings.keySet().removeAll(ENCRYPTION);
        settings.put("port", Integer.toString(port));
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", socketDir.toString());
        settings.put("cluster_name", name);
        settings.putAll(CopiedSettings.isolation(settings));
        settings.put("ssl", "off");
        Files.writeString(dataDir.resolve("postgresql.conf"), CopiedSettings.text(settings));
        Files.writeString(dataDir.resolve("postgresql.auto.conf"), "");
        Files.writeString(dataDir.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
        Files.writeString(dataDir.resolve("pg_ident.conf"), "");
    }
}
