package io.gds.engine.postgres.internal.config;

import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import io.gds.database.spi.SpecFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a spec to its end whatever is wrong with it. Used once. */
final class SpecReader {
    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private final List<Problem> problems = new ArrayList<>();
    private final SpecFields spec;

    SpecReader(Params spec) {
        this.spec = SpecFields.of(spec, problems);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** What could be read; of no use when there are problems. */
    PostgresSpec read() {
        spec.only(
                "engine",
                "name",
                "environment",
                "connection",
                "endpoint",
                "members",
                "packages",
                "shell",
                "clone",
                "patroni",
                "backup",
                "poolers",
                "haproxies",
                "holds");
        String engine = spec.optionalText("engine").orElse("postgres");
        if (!engine.equals("postgres")) {
            spec.wrong("engine", "\"" + engine + "\"", "postgres");
        }
        String name = spec.text("name", "the cluster's name");
        String environment = spec.text("environment", "production, test or another word");
        ConnectionSpec connection = connection();
        List<MemberSpec> members = members(spec.has("patroni"));
        return new PostgresSpec(
                name,
                environment,
                connection,
                endpoint(members),
                members,
                typed("packages"),
                typed("shell"),
                spec.optionalObject("clone").map(f -> CloneSpec.read(f, spec.has("patroni"))),
                spec.optionalObject("patroni").map(SpecReader::patroni),
                typed("backup"),
                PoolerSpec.read(spec),
                HaproxySpec.read(spec),
                HoldSpec.read(spec));
    }

    private ConnectionSpec connection() {
        Optional<SpecFields> found = spec.optionalObject("connection");
        if (found.isEmpty()) {
            if (!spec.has("connection")) {
                spec.wrong("connection", "nothing", "an object with database, user and password");
            }
            return new ConnectionSpec("", "", "", "", Duration.ZERO);
        }
        SpecFields fields = found.get().only("database", "user", "password", "sslMode", "connectTimeout");
        return new ConnectionSpec(
                fields.text("database", "the application's database"),
                fields.text("user", "a role"),
                password(fields),
                sslMode(fields),
                fields.duration("connectTimeout", Duration.ofSeconds(5)));
    }

    static String sslMode(SpecFields fields) {
        String sslMode = fields.optionalText("sslMode").orElse("prefer");
        if (!SSL_MODES.contains(sslMode)) {
            fields.wrong(
                    "sslMode", "\"" + sslMode + "\"", "one of disable, allow, prefer, require, verify-ca, verify-full");
        }
        return sslMode;
    }

    static String password(SpecFields fields) {
        return fields.secret("password");
    }

    /** Patroni tells where the data is; of other clusters nobody else does. */
    private List<MemberSpec> members(boolean dataDirKnown) {
        List<MemberSpec> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<HostPort> addresses = new HashSet<>();
        for (SpecFields fields : spec.objects("members")) {
            fields.only("name", "host", "port", "dataDir", "logFile");
            String name = fields.text("name", "a name");
            if (!name.isEmpty() && !name.matches("[A-Za-z0-9._-]+")) {
                fields.wrong("name", "\"" + name + "\"", "letters, digits, dots, dashes and underscores");
            }
            String host = fields.text("host", "a host name or address");
            if (!host.isEmpty() && !HostPort.isHost(host)) {
                fields.wrong("host", "\"" + host + "\"", "a host name or address");
            }
            HostPort address = new HostPort(host, fields.port("port"));
            if (!name.isEmpty() && !names.add(name)) {
                fields.wrong("name", "\"" + name + "\" again", "a name that no other member has");
            }
            if (address.port() > 0 && !addresses.add(address)) {
                fields.wrong("port", address + " again", "an address that no other member has");
            }
            Optional<String> dataDir =
                    dataDirKnown && !fields.has("dataDir") ? Optional.empty() : Optional.of(path(fields, "dataDir"));
            all.add(new MemberSpec(name, address, dataDir, logFile(fields)));
        }
        return all;
    }

    private static Optional<String> logFile(SpecFields fields) {
        return fields.has("logFile") ? Optional.of(path(fields, "logFile")) : Optional.empty();
    }

    private static String path(SpecFields fields, String key) {
        String path = fields.text(key, "an absolute path on the member's host");
        if (!path.isEmpty() && !path.startsWith("/")) {
            fields.wrong(key, "\"" + path + "\"", "an absolute path on the member's host");
        }
        return path;
    }

    private List<HostPort> endpoint(List<MemberSpec> members) {
        Optional<String> text = spec.optionalText("endpoint");
        if (text.isEmpty()) {
            return members.stream().map(MemberSpec::address).toList();
        }
        Optional<List<HostPort>> hosts = HostPort.list(text.get());
        if (hosts.isEmpty()) {
            spec.wrong("endpoint", "\"" + text.get() + "\"", "host:port, several with commas between");
        }
        return hosts.orElse(List.of());
    }

    /** Settings whose keys belong to the provider that their type names. */
    private Optional<Params> typed(String key) {
        Optional<SpecFields> fields = spec.optionalObject(key);
        fields.ifPresent(f -> f.text("type", "the name of a provider"));
        if (key.equals("shell")) {
            fields.ifPresent(f -> f.optionalText("user"));
        }
        return fields.map(f -> Params.of(f.values()));
    }

    private static PatroniSpec patroni(SpecFields fields) {
        fields.only("scope", "apiPort", "user", "password", "tls", "unit", "drain");
        Optional<PatroniSpec.Login> login =
                fields.optionalText("user").map(user -> new PatroniSpec.Login(user, password(fields)));
        if (login.isEmpty() && fields.has("password")) {
            fields.wrong("user", "nothing", "the user that the password belongs to");
        }
        return new PatroniSpec(
                fields.optionalText("scope"),
                fields.has("apiPort") ? fields.port("apiPort") : PatroniSpec.API_PORT,
                login,
                fields.optionalObject("tls").map(SpecReader::tls),
                fields.optionalText("unit"),
                fields.duration("drain", PatroniSpec.DRAIN));
    }

    private static PatroniSpec.Tls tls(SpecFields fields) {
        fields.only("ca", "cert", "key", "keyPassword");
        if (fields.has("cert") != fields.has("key")) {
            fields.wrong(fields.has("cert") ? "key" : "cert", "nothing", "both cert and key, or neither");
        }
        return new PatroniSpec.Tls(
                fields.optionalText("ca"),
                fields.optionalText("cert"),
                fields.optionalText("key"),
                fields.has("keyPassword") ? Optional.of(fields.secret("keyPassword")) : Optional.empty());
    }
}
