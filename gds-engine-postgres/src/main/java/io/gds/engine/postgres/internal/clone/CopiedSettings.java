package io.gds.engine.postgres.internal.clone;

import io.gds.engine.postgres.internal.sql.Session;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a clone takes over of its source's settings, wherever these are kept there: nothing that leads outside. */
public final class CopiedSettings {
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
            "recovery_target_timeline",
            "stats_temp_directory",
            "huge_pages");

    private CopiedSettings() {}

    /** The settings of a server, without those that are its own or lead outside. */
    public static Map<String, String> of(Session source) throws SQLException {
        Map<String, String> settings = new TreeMap<>();
        source.query(
                "SELECT name, current_setting(name, true) AS value FROM pg_settings WHERE source IN ('configuration file',"
                        + " 'command line', 'environment variable') AND context <> 'internal'",
                r -> settings.put(r.text("name"), r.text("value")));
        LEFT_OUT.forEach(settings::remove);
        return settings;
    }

    /** What keeps a clone with these settings to itself: it archives nothing, subscribes to nothing, runs no jobs. */
    public static Map<String, String> isolation(Map<String, String> settings) {
        Map<String, String> out = new TreeMap<>(Map.of(
                "archive_mode", "off",
                "max_logical_replication_workers", "0",
                "synchronous_standby_names", "",
                "shared_buffers", "32MB",
                "huge_pages", "off"));
        if (settings.getOrDefault("shared_preload_libraries", "").contains("pg_cron")) {
            out.put("cron.launch_active_jobs", "off");
        }
        return out;
    }

    /** As a configuration file. */
    public static String text(Map<String, String> settings) {
        StringBuilder text = new StringBuilder();
        settings.forEach((k, v) -> text.append(k)
                .append(" = '")
                .append(v.replace("\\", "\\\\").replace("'", "''"))
                .append("'\n"));
        return text.toString();
    }
}
