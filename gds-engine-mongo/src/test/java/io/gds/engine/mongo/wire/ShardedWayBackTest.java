package io.gds.engine.mongo.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.spi.Permit;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.testkit.SettableClock;
import io.gds.database.version.EngineVersion;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data of a cluster's sets changes one by one, and one that has changed bars the way back of all. */
class ShardedWayBackTest {
    private static final EngineVersion FORMER = EngineVersion.parse("5.0.4");

    @ParameterizedTest
    @ValueSource(strings = {"config", "a"})
    void formerProgramsComeBackWhileEverySetIsAsItWas(String raised) {
        SettableClock clock = new SettableClock();
        try (FakeSet config = new FakeSet("config", "6.0.27", clock).member("c1", 1);
                FakeSet a = new FakeSet("a", "6.0.27", clock).member("a1", 1)) {
            config.compatibility().is("5.0", null);
            a.compatibility().is("5.0", null);
            Engines engines = Engines.load().clock(clock);
            try (DatabaseEngine shop = engines.open(engines.read(spec(config, a), "shop.yaml"))) {
                RollingVerbs verbs = shop.facet(RollingVerbs.class).orElseThrow();
                for (String member : List.of("c1", "a1", "r1")) {
                    assertThat(verbs.mayGoBack(member, FORMER)).as(member).isInstanceOf(Permit.Granted.class);
                }
                (raised.equals("config") ? config : a).compatibility().is("6.0", null);
                for (String member : List.of("c1", "a1", "r1")) {
                    assertThat(verbs.mayGoBack(member, FORMER))
                            .as(member)
                            .isInstanceOfSatisfying(
                                    Permit.Refused.class,
                                    r -> assertThat(r.finding().id()).isEqualTo("MONGO-FCV-RAISED"));
                }
            }
        }
    }

    /** The router is never asked. */
    private static String spec(FakeSet config, FakeSet a) {
        return """
                engine: mongo
                name: shop
                environment: test
                shell: {type: local}
                packages: {type: directories, root: /opt/mongodb, link: "/opt/{member}"}
                connection: {connectTimeout: PT2S}
                configServers:
                  replicaSet: config
                  members: [{name: c1, host: 127.0.0.1, port: %d, unit: mongod}]
                shards:
                  - replicaSet: a
                    members: [{name: a1, host: 127.0.0.1, port: %d, unit: mongod}]
                routers: [{name: r1, host: 127.0.0.1, port: 1, unit: mongos}]
                """
                .formatted(port(config), port(a));
    }

    private static int port(FakeSet set) {
        return set.members().iterator().next().port();
    }
}
