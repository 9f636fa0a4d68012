package io.gds.engine.mongo.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardedSpecTest {
    private static Params member(String name, int port) {
        return Params.of("name", name, "host", "10.0.0.1", "port", port);
    }

    private static Params set(String name, String... members) {
        int first = Math.abs(name.hashCode() % 10_000) + 20_000;
        return Params.of(
                "replicaSet",
                name,
                "members",
                List.of(members).stream()
                        .map(m -> member(m, first + List.of(members).indexOf(m)))
                        .toList());
    }

    private static Params spec(String name, Params shard) {
        return Params.of("engine", "mongo", "name", name, "environment", "test")
                .with("configServers", set("config", "c1", "c2", "c3"))
                .with("shards", List.of(shard))
                .with("routers", List.of(member("r1", 27017)));
    }

    private static List<String> wrong(Params spec) {
        return ShardedSpec.check(spec).stream().map(Problem::field).toList();
    }

    @Test
    void isRead() {
        ShardedSpec spec = ShardedSpec.of(spec("shop", set("a", "a1", "a2")));
        assertThat(spec.sets()).extracting(MongoSpec::replicaSet).containsExactly("config", "a");
        assertThat(spec.sets().get(1).names()).containsExactlyInAnyOrder("a1", "a2");
        assertThat(spec.routers().isRouters()).isTrue();
    }

    /** A host that has routers alone has no mongod. */
    @Test
    void routersAreFoundByTheirOwnProgram() {
        ShardedSpec spec = ShardedSpec.of(
                spec("shop", set("a", "a1")).with("packages", Params.of("type", "apt", "program", "/usr/bin/mongod")));
        assertThat(spec.configServers().packages()).contains(Params.of("type", "apt", "program", "/usr/bin/mongod"));
        assertThat(spec.routers().packages()).contains(Params.of("type", "apt", "program", "/usr/bin/mongos"));
    }

    /** Plans call the whole and its parts by their names, so no two may have the same. */
    @Test
    void everyNameBelongsToOne() {
        assertThat(wrong(spec("shop", set("shop", "a1")))).containsExactly("shards[0].replicaSet");
        assertThat(wrong(spec("shop", set("routers", "a1")))).containsExactly("shards[0].replicaSet");
        assertThat(wrong(spec("shop", set("a", "a1", "c1")))).containsExactly("shards[0].members[1].name");
        assertThat(wrong(spec("shop", set("a", "cluster")))).containsExactly("shards[0].members[0].name");
    }

    @Test
    void unitsAreNamesAndNoPaths() {
        Params bad =
                Params.of("replicaSet", "a", "members", List.of(member("a1", 1).with("unit", "../../etc/x")));
        assertThat(wrong(spec("shop", bad))).containsExactly("shards[0].members[0].unit");
    }
}
