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
    private static final Set<String> LEFT_OUT = Set.of(
            "archive_mode",
            "archive_command",
            "archive_library",
            "archive_cleanup_command",
            "restore_command",
            "recovery_end_command",
            "cluster_name",
            "config_file",
            "data_directory",
            "external_pid_file",
            "hba_file",
            "ident_file",
            "listen_addresses",
            "log_directory",
            "logging_collector",
            "log_destination",
            "port",
            "primary_conninfo",
            "primary_slot_name",
            "promote_trigger_file",
            "ssl",
            "ssl_ca_file",
            "ssl_cert_file",
            "ssl_crl_file",
            "ssl_crl_dir",
            "ssl_key_file",
            "ssl_dh_params_file",
            "synchronous_standby_names",
            "unix_socket_directories",
            "unix_socket_group",
            "unix_socket_permissions",
            "hot_standby",
            "max_logical_replication_workers",
            "cron.launch_active_jobs",
            "shared_buffers",
            "synchronized_standby_slots",
            "recovery_min_apply_delay",
            "recovery_target_timeline");

    private CloneConfig() {}

    static void write(Session source, Path dataDir, int port, String name, Path socketDir)
            throws SQLException, IOException {
        Map<String, String> settings = new TreeMap<>();
        source.query(
                "SELECT name, current_setting(name, true) AS value FROM pg_settings WHERE source IN ('configuration file',"
                        + " 'command line', 'environment variable') AND context <> 'internal'",
                r -> settings.put(r.text("name"), r.text("value")));
        LEFT_OUT.forEach(settings::remove);
        settings.put("port", Integer.toString(port));
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", socketDir.toString());
        settings.put("cluster_name", name);
        settings.put("archive_mode", "off");
        settings.put("max_logical_replication_workers", "0");
        settings.put("synchronous_standby_names", "");
        settings.put("shared_buffers", "32MB");
        settings.put("ssl", "off");
        StringBuilder text = new StringBuilder();
        settings.forEach((k, v) -> text.append(k)
                .append(" = '")
                .append(v.replace("\\", "\\\\").replace("'", "''"))
                .append("'\n"));
        if (settings.getOrDefault("shared_preload_libraries", "").contains("pg_cron")) {
            text.append("cron.launch_active_jobs = 'off'\n");
        }
        Files.writeString(dataDir.resolve("postgresql.conf"), text.toString());
        Files.writeString(dataDir.resolve("postgresql.auto.conf"), "");
        Files.writeString(dataDir.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
        Files.writeString(dataDir.resolve("pg_ident.conf"), "");
    }
}
