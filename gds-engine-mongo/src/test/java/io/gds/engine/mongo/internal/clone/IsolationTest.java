package io.gds.engine.mongo.internal.clone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.core.Engines;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.CloneDirectory;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.samples.mongo.MongodBinaries;
import io.gds.samples.mongo.ReplicaSet;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proof that stands between a copy and its start as a set. */
@Tag("slow")
class IsolationTest {
    @Test
    void dataThatNamesTheSetIsNotStarted(@TempDir Path home) throws Exception {
        var found = MongodBinaries.find();
        Assumptions.assumeTrue(found.isPresent(), "no mongod: name a directory by " + MongodBinaries.HOME_VARIABLE);
        try (ReplicaSet set = ReplicaSet.builder(found.orElseThrow()).start()) {
            Path spec = home.resolve("cluster.yaml");
            set.writeSpec(spec);
            try (MongoEngine engine = (MongoEngine) Engines.open(spec)) {
                CloneSource source = CloneSource.of(engine);
                Path same = home.resolve("same.yaml");
                Files.writeString(
                        same,
                        "engine: mongo\nname: copy\nenvironment: test\nreplicaSet: orders\nmembers:\n  - {name: clone, host: 127.0.0.1, port: "
                                + set.members().get(1).port() + "}\n");
                try (MongoEngine copy = (MongoEngine) Engines.open(same)) {
                    CloneServer server = new CloneServer(copy, new CloneDirectory(home, "orders", "copy"), 1, source);
                    assertThatThrownBy(() -> server.provedIsolated(copy.clients()))
                            .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.code())
                                    .isEqualTo("GDS-CLONE-NOT-ISOLATED"))
                            .hasMessageContaining("the configuration of the set")
                            .hasMessageContaining("its data has [replset.")
                            .hasMessageContaining("the same name");
                }
            }
        }
    }
}
