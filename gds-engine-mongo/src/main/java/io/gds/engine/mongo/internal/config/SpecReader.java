package io.gds.engine.mongo.internal.config;

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
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration OUTAGE = Duration.ofMinutes(2);

    private static final List<String> COMMON = List.of(
            "engine",
            "name",
            "environment",
            "connection",
            "packages",
            "shell",
            "backup",
            "clone",
            "quiesce",
            "memberOutage",
            "arrangeSyncSources");

    /** What plans call that which is about no single member. */
    private static final String WHOLE = "cluster";

    private static final String UNIT = "[A-Za-z0-9:_.@-]{1,200}";

    private final SpecFields spec;
    private final Set<String> names = new HashSet<>();
    private final Set<String> addresses = new HashSet<>();

    SpecReader(Params spec, List<Problem> problems) {
        this.spec = SpecFields.of(spec, problems);
    }

    /** A replica set. */
    MongoSpec read() {
        only("replicaSet", "members");
        names.add(WHOLE);
        MongoSpec common = common();
        String set = spec.optionalText("replicaSet").orElse(common.name());
        return common.with(common.name(), set, members(spec, "members"));
    }

    /** A cluster of several. */
    ShardedSpec readSharded() {
        only("configServers", "shards", "routers");
        MongoSpec common = common();
        names.addAll(List.of(ShardedSpec.ROUTERS, WHOLE, common.name())); // plans call the parts and the whole by these
        if (!spec.has("configServers")) {
            spec.wrong("configServers", "nothing", "replicaSet and members of the config servers");
        }
        MongoSpec config =
                spec.optionalObject("configServers").map(f -> part(common, f)).orElse(common);
        List<MongoSpec> shards =
                spec.objects("shards").stream().map(f -> part(common, f)).toList();
        MongoSpec routers = common.with(ShardedSpec.ROUTERS, "", members(spec, "routers"))
                .fromPackages(common.packages().map(SpecReader::ofRouters));
        return new ShardedSpec(common.name(), config, shards, routers);
    }

    /** On a host that has routers alone there is no mongod by which its package could be found, but a mongos beside where it would be. */
    private static Params ofRouters(Params packages) {
        return packages.optionalString("program")
                .filter(p -> p.endsWith("/mongod"))
                .map(p -> packages.with("program", p.replaceFirst("mongod$", "mongos")))
                .orElse(packages);
    }

    private MongoSpec part(MongoSpec common, SpecFields f) {
        f.only("replicaSet", "members");
        String set = f.text("replicaSet", "the set's name");
        if (!set.isEmpty() && !names.add(set)) {
            f.wrong("replicaSet", "\"" + set + "\" again", "a name that no other set and no member has");
        }
        return common.with(set, set, members(f, "members"));
    }

    private void only(String... more) {
        List<String> keys = new ArrayList<>(COMMON);
        keys.addAll(List.of(more));
        spec.only(keys.toArray(String[]::new));
        String engine = spec.optionalText("engine").orElse("mongo");
        if (!engine.equals("mongo")) {
            spec.wrong("engine", "\"" + engine + "\"", "mongo");
        }
    }

    /** All but the set's own name and its members. */
    private MongoSpec common() {
        Optional<SpecFields> connection = spec.optionalObject("connection");
        connection.ifPresent(c -> c.only("user", "password", "source", "tls", "database", "connectTimeout"));
        return new MongoSpec(
                spec.text("name", "the cluster's name"),
                spec.text("environment", "production, test or another word"),
                "",
                connection.flatMap(SpecReader::login),
                connection.map(c -> c.flag("tls", false)).orElse(false),
                connection.flatMap(c -> c.optionalText("database")).orElse("test"),
                List.of(),
                typed("packages"),
                typed("shell"),
                typed("backup"),
                spec.optionalObject("clone").map(CloneSpec::read).orElse(CloneSpec.USUAL),
                quiesce(),
                spec.duration("memberOutage", OUTAGE),
                spec.flag("arrangeSyncSources", true),
                connection.map(c -> c.duration("connectTimeout", CONNECT)).orElse(CONNECT));
    }

    private static Optional<LoginSpec> login(SpecFields c) {
        if (!c.has("user")) {
            if (c.has("password")) {
                c.wrong("user", "nothing", "the user that the password belongs to");
            }
            return Optional.empty();
        }
        return Optional.of(new LoginSpec(
                c.text("user", "a user"),
                c.secret("password"),
                c.optionalText("source").orElse("admin")));
    }

    /** Zero is a length like others: the member ends at once. */
    private Duration quiesce() {
        if (spec.optionalText("quiesce").filter("PT0S"::equals).isPresent()) {
            return Duration.ZERO;
        }
        return spec.duration("quiesce", Duration.ZERO);
    }

    /** Names and addresses belong to one member of the whole spec. */
    private List<MemberSpec> members(SpecFields at, String key) {
        List<MemberSpec> all = new ArrayList<>();
        for (SpecFields f : at.objects(key)) {
            f.only("name", "host", "port", "configFile", "unit");
            String name = f.text("name", "a name");
            if (!name.isEmpty() && !name.matches("[A-Za-z0-9._-]+")) {
                f.wrong("name", "\"" + name + "\"", "letters, digits, dots, dashes and underscores");
            } else if (!name.isEmpty() && !names.add(name)) {
                f.wrong("name", "\"" + name + "\" again", "a name that nothing else has");
            }
            String host = f.text("host", "a host name or address, as the set's own configuration writes it");
            if (!host.isEmpty() && !host.matches("[A-Za-z0-9._:%-]+")) {
                f.wrong("host", "\"" + host + "\"", "a host name or address");
            }
            Optional<String> unit = f.optionalText("unit");
            if (unit.filter(u -> !u.matches(UNIT)).isPresent()) {
                f.wrong("unit", "\"" + unit.get() + "\"", "the name of a systemd unit");
            }
            if (f.has("configFile") && f.has("unit")) {
                f.wrong("unit", "a unit and a configFile", "one of the two");
            }
            MemberSpec member = new MemberSpec(name, host, f.port("port"), path(f), unit);
            if (member.port() > 0 && !addresses.add(member.address())) {
                f.wrong("port", member.address() + " again", "an address that no other member has");
            }
            all.add(member);
        }
        return all;
    }

    private static Optional<String> path(SpecFields f) {
        Optional<String> path = f.optionalText("configFile");
        if (path.isPresent() && !path.get().startsWith("/")) {
            f.wrong("configFile", "\"" + path.get() + "\"", "an absolute path on the member's host");
        }
        return path;
    }

    /** Settings whose keys belong to the provider that their type names. */
    private Optional<Params> typed(String key) {
        Optional<SpecFields> fields = spec.optionalObject(key);
        fields.ifPresent(f -> f.text("type", "the name of a provider"));
        return fields.map(f -> Params.of(f.values()));
    }
}
