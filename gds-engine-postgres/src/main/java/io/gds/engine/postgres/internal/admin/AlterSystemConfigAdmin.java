package io.gds.engine.postgres.internal.admin;

import io.gds.database.ConfigAdmin;
import io.gds.database.ConfigSetting;
import io.gds.database.OperationResult;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.OperationTimer;
import io.gds.engine.postgres.internal.config.MemberSpec;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.sql.Connections;
import io.gds.engine.postgres.internal.sql.Session;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Settings of the cluster: read on the primary, changed on every member alike, since ALTER SYSTEM is not replicated and the
 * next primary must not differ. A change that one member refuses is taken back on the others.
 */
public final class AlterSystemConfigAdmin implements ConfigAdmin {
    /** What makes one member itself: the same value everywhere would break the cluster. */
    private static final Set<String> OF_ONE_MEMBER = Set.of(
            "archive_cleanup_command",
            "cluster_name",
            "config_file",
            "data_directory",
            "external_pid_file",
            "hba_file",
            "ident_file",
            "listen_addresses",
            "port",
            "primary_conninfo",
            "primary_slot_name",
            "promote_trigger_file",
            "recovery_min_apply_delay",
            "recovery_target",
            "recovery_target_lsn",
            "recovery_target_name",
            "recovery_target_time",
            "recovery_target_timeline",
            "recovery_target_xid",
            "restore_command",
            "unix_socket_directories");

    private static final Set<String> REFUSALS = Set.of("22", "42", "55", "0A");

    private final PostgresSpec spec;
    private final Connections connections;
    private final Clock clock;

    /** Settings of a cluster. */
    public AlterSystemConfigAdmin(PostgresSpec spec, Connections connections, Clock clock) {
        this.spec = spec;
        this.connections = connections;
        this.clock = clock;
    }

    @Override
    public List<ConfigSetting> settings() {
        return connections.onPrimary(SettingsReader::all);
    }

    @Override
    public Optional<ConfigSetting> setting(String name) {
        return connections.onPrimary(s -> SettingsReader.find(s, name)).map(SettingsReader.Found::shown);
    }

    @Override
    public OperationResult set(String name, String value) {
        if (value.indexOf('\0') >= 0 || value.indexOf('\n') >= 0) {
            throw SettingsReader.refused("the value for \"" + name + "\" has a line break or NUL", "give one line.");
        }
        return change(OperationTimer.start(clock, "set " + name), name, Optional.of(value));
    }

    @Override
    public OperationResult reset(String name) {
        return change(OperationTimer.start(clock, "reset " + name), name, Optional.empty());
    }

    private OperationResult change(OperationTimer timed, String asked, Optional<String> value) {
        String name = connections
                .onPrimary(s -> SettingsReader.changeable(s, asked))
                .shown()
                .name();
        if (OF_ONE_MEMBER.contains(name)) {
            throw SettingsReader.refused(
                    "setting \"" + name + "\" belongs to one member and cannot be the same on all",
                    "change it on that member by hand.");
        }
        // Every member has to answer before the first one is changed.
        Map<String, Optional<String>> before = new LinkedHashMap<>();
        for (MemberSpec m : spec.members()) {
            before.put(m.name(), connections.onMember(m.name(), s -> SettingsReader.written(s, name)));
        }
        if (before.values().stream().allMatch(value::equals)) {
            return timed.already(value.isPresent() ? "it was written so already" : "nothing was written for it");
        }
        return timed.changed(apply(name, value, before));
    }

    private String apply(String name, Optional<String> value, Map<String, Optional<String>> before) {
        Map<String, String> effects = new LinkedHashMap<>();
        for (String member : before.keySet()) {
            try {
                effects.put(member, connections.onMember(member, s -> changeOne(s, name, value)));
            } catch (GdsDatabaseException e) {
                effects.keySet().forEach(done -> takeBack(e, done, name, before.getOrDefault(done, Optional.empty())));
                throw e;
            }
        }
        Set<String> distinct = Set.copyOf(effects.values());
        return distinct.size() == 1
                ? distinct.iterator().next()
                : effects.entrySet().stream()
                        .map(e -> e.getKey() + ": " + e.getValue())
                        .collect(Collectors.joining("; "));
    }

    private static String changeOne(Session s, String name, Optional<String> value) throws SQLException {
        try {
            AlterSystem.write(s, name, value);
        } catch (SQLException e) {
            String state = e.getSQLState();
            if (state != null && state.length() == 5 && REFUSALS.contains(state.substring(0, 2))) {
                throw GdsDatabaseException.user("GDS-CONFIG")
                        .message("setting \"" + name + "\": " + e.getMessage() + " (SQLSTATE " + state + ").")
                        .remedy("give a value that the server takes.")
                        .cause(e)
                        .build();
            }
            throw e;
        }
        return AlterSystem.effect(s, name, value.isPresent());
    }

    private void takeBack(GdsDatabaseException because, String member, String name, Optional<String> former) {
        try {
            connections.onMember(member, s -> {
                AlterSystem.write(s, name, former);
                return true;
            });
        } catch (GdsDatabaseException e) {
            because.addSuppressed(e);
        }
    }
}
