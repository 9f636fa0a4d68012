package io.gds.engine.postgres.internal.patroni.clone;

import io.gds.database.plan.Params;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.clone.CopiedSettings;
import io.gds.engine.postgres.internal.config.HostPort;
import io.gds.engine.postgres.internal.config.PatroniSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a clone's Patroni and server are told. The clone is a cluster of its own: another scope, another DCS, no member but
 * itself. Only we can log in from elsewhere, by the cluster's own role; on its host only its account can.
 */
final class CloneConfiguration {
    /** Patroni takes these from the dynamic configuration alone, and would put its own defaults in their place. */
    private static final List<String> DYNAMIC = List.of(
            "max_connections",
            "max_locks_per_transaction",
            "max_prepared_transactions",
            "max_replication_slots",
            "max_wal_senders",
            "max_worker_processes",
            "track_commit_timestamp",
            "wal_level",
            "wal_log_hints");

    private static final List<String> OF_THE_SOURCE = List.of(
            "standby.signal",
            "recovery.signal",
            "recovery.conf",
            "postgresql.conf",
            "postgresql.conf.backup",
            "postgresql.base.conf.backup",
            "pg_hba.conf.backup",
            "pg_ident.conf.backup");

    private final CloneSite site;
    private final CloneNote note;
    private final CloneSource source;
    private final PostgresEngine engine;

    CloneConfiguration(CloneSite site, CloneNote note, CloneSource source, PostgresEngine engine) {
        this.site = site;
        this.note = note;
        this.source = source;
        this.engine = engine;
    }

    /** Files that the server is to find on the clone's host, too. */
    static Set<String> encryptionFiles(Map<String, String> settings) {
        Set<String> out = new LinkedHashSet<>();
        if (settings.getOrDefault("ssl", "off").equals("on")) {
            settings.forEach((name, value) -> {
                if (name.startsWith("ssl_") && name.endsWith("_file") && value.startsWith("/")) {
                    out.add(value);
                }
            });
        }
        return out;
    }

    /** What {@code configure.py} reads. */
    Params order() {
        List<String> remove =
                OF_THE_SOURCE.stream().map(f -> site.data() + "/" + f).toList();
        Map<String, Object> files = new TreeMap<>();
        files.put(site.data() + "/postgresql.base.conf", CopiedSettings.text(settings()));
        files.put(site.data() + "/postgresql.auto.conf", "");
        files.put(site.data() + "/pg_ident.conf", "");
        files.put(site.data() + "/patroni.dynamic.json", dynamic().toJson());
        return Params.of("etcd", etcd().toString(), "config", site.config(), "remove", remove)
                .with("files", Params.of(files))
                .with("patroni", patroni())
                .with("certificates", certificates());
    }

    /** The REST interface is encrypted like those of the cluster, which is known beside one of its members only. */
    private String certificates() {
        boolean encrypted = engine.spec().patroni().flatMap(PatroniSpec::tls).isPresent();
        return encrypted ? source.node().configFile() : "";
    }

    HostPort etcd() {
        return new HostPort("127.0.0.1", note.etcdPort());
    }

    private Map<String, String> settings() {
        Map<String, String> out = new TreeMap<>(source.settings());
        out.putAll(CopiedSettings.isolation(out));
        if (!note.missing().isEmpty()) {
            out.put("ssl", "off");
        }
        return out;
    }

    /** Patroni finds it in the data directory, as it does after a loss of its DCS. */
    private Params dynamic() {
        Map<String, Object> parameters = new TreeMap<>();
        for (String name : DYNAMIC) {
            Optional.ofNullable(source.settings().get(name)).ifPresent(v -> parameters.put(name, v));
        }
        return Params.of("ttl", 30, "loop_wait", 2, "retry_timeout", 10)
                .with(
                        "postgresql",
                        Params.of("use_pg_rewind", false, "use_slots", false, "parameters", Params.of(parameters)));
    }

    private Params patroni() {
        String address = note.address();
        boolean loopback = address.startsWith("127.") || address.equals("::1");
        HostPort server = new HostPort(address, note.serverPort());
        HostPort api = new HostPort(address, note.apiPort());
        Map<String, Object> parameters = new TreeMap<>(CopiedSettings.isolation(source.settings()));
        parameters.put("unix_socket_directories", CloneUnits.socketDirectory(note));
        return Params.of("scope", "gds-clone-" + note.id(), "namespace", "/gds-clone/", "name", CloneSite.MEMBER)
                .with("restapi", restapi(api))
                .with(
                        "postgresql",
                        Params.of("listen", loopback ? server.toString() : "127.0.0.1," + server)
                                .with("connect_address", server.toString())
                                .with("data_dir", site.data())
                                .with("bin_dir", site.current() + "/bin")
                                .with("pgpass", site.path() + "/pgpass")
                                .with("use_unix_socket", true)
                                .with("use_unix_socket_repl", true)
                                .with("authentication", authentication())
                                .with("parameters", Params.of(parameters))
                                .with("pg_hba", whoMayLogIn()))
                .with("watchdog", Params.of("mode", "off"))
                .with("tags", Params.of("nofailover", false));
    }

    /** The way through the socket: its directory is closed to all but the clone's account. */
    private Params authentication() {
        Params login = Params.of("username", source.superuser());
        return Params.of("superuser", login, "replication", login);
    }

    private List<String> whoMayLogIn() {
        String us = "\"" + engine.spec().connection().user().replace("\"", "\"\"") + "\"";
        List<String> out = new ArrayList<>(List.of("local all all trust", "local replication all trust"));
        for (String everywhere : List.of("0.0.0.0/0", "::/0")) {
            out.add("host all " + us + " " + everywhere + " md5"); // which takes scram-sha-256 where that is stored
        }
        return out;
    }

    private Params restapi(HostPort api) {
        Params out = Params.of("listen", api.toString(), "connect_address", api.toString());
        Optional<PatroniSpec.Login> login = engine.spec().patroni().flatMap(PatroniSpec::login);
        return login.map(l -> out.with(
                        "authentication",
                        Params.of(
                                "username",
                                l.user(),
                                "password",
                                engine.context().secrets().resolve(l.password()).reveal())))
                .orElse(out);
    }
}
