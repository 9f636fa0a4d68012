package io.gds.samples.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ReplicaSetTest {
    private static MongodBinaries binaries;

    @BeforeAll
    static void find() {
        binaries = MongodBinaries.find().orElse(null);
        Assumptions.assumeTrue(binaries != null, "no mongod: name a directory by " + MongodBinaries.HOME_VARIABLE);
    }

    @Test
    void threeMembersServeAndChangeTheirVersionAndLeaveNothing() {
        Path workDir;
        try (ReplicaSet set = ReplicaSet.builder(binaries)
                .version("6.0.5")
                .alsoInstalled("6.0.27")
                .start()) {
            workDir = set.workDir();
            assertThat(set.primary().name()).isEqualTo("m1");
            try (MongoClient client = set.connect()) {
                client.getDatabase("app").getCollection("t").insertOne(new Document("_id", 1));
            }
            ReplicaSetMember third = set.member("m3");
            third.shutDown();
            third.install("6.0.27");
            third.start();
            set.awaitHealthy();
            assertThat(third.runningVersion()).isEqualTo("6.0.27");
            assertThat(third.installedVersion()).isEqualTo("6.0.27");
            third.kill();
            assertThat(third.isRunning()).isFalse();
        }
        assertThat(workDir).doesNotExist();
        assertThat(Mongods.below(workDir)).isEmpty();
    }

    @Test
    void arbitersHiddenMembersAndSettings() {
        try (ReplicaSet set = ReplicaSet.builder(binaries)
                .version("4.4.2")
                .name("psa")
                .member("m2", m -> m.append("hidden", true).append("priority", 0))
                .member("m3", m -> m.append("arbiterOnly", true))
                .setting("chainingAllowed", false)
                .start()) {
            Document config =
                    set.primary().run(new Document("replSetGetConfig", 1)).get("config", Document.class);
            assertThat(config.get("settings", Document.class).getBoolean("chainingAllowed"))
                    .isFalse();
            assertThat(config.getList("members", Document.class).get(1).getBoolean("hidden"))
                    .isTrue();
            assertThat(set.member("m3").run(new Document("hello", 1)).getBoolean("arbiterOnly"))
                    .isTrue();
            assertThat(Files.exists(set.member("m3").logFile())).isTrue();
        }
    }
}
