package io.gds.engine.mongo.admin;

import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gds.database.EngineMetadata.Status;
import io.gds.engine.mongo.MongoMetadata;
import java.time.Instant;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("slow")
@ExtendWith(SharedSet.class)
class EngineMetadataTest {
    @Test
    void tellsWhatRunsWhereAndSinceWhen(AdminSet bed) {
        MongoMetadata found = (MongoMetadata) bed.engine().metadata();

        assertThat(found.version()).hasToString(AdminSet.VERSION);
        assertThat(found.edition()).isEqualTo("community");
        assertThat(found.host()).isEqualTo("127.0.0.1");
        assertThat(found.port()).isEqualTo(bed.primary().port());
        assertThat(found.status()).isEqualTo(Status.AVAILABLE);
        assertThat(found.replicaSet()).isEqualTo("admin");
        assertThat(found.replicaSetId()).isEqualTo(idOf(bed).toHexString());
        assertThat(found.featureCompatibility()).hasValue("6.0");
        assertThat(found.members()).isEqualTo(3);
        assertThat(found.reachableMembers()).isEqualTo(3);
        assertThat(found.startedAt().orElseThrow()).isCloseTo(Instant.now(), within(30, MINUTES));
        assertThat(found.decommissionedAt()).isEmpty();
        assertThat(found.attributes())
                .containsEntry("environment", "test")
                .containsEntry("storageEngine", "wiredTiger")
                .containsKeys("configVersion", "configTerm", "chainingAllowed");
    }

    @Test
    void wasCreatedWhenTheSetWasInitiated(AdminSet bed) {
        assertThat(bed.engine().metadata().createdAt())
                .hasValue(Instant.ofEpochSecond(idOf(bed).getTimestamp()));
    }

    @Test
    void serverTimeIsThePrimarysOwn(AdminSet bed) {
        assertThat(bed.engine().serverTime()).isCloseTo(Instant.now(), within(5, SECONDS));
    }

    private static ObjectId idOf(AdminSet bed) {
        return bed.primary()
                .run(new Document("replSetGetConfig", 1))
                .get("config", Document.class)
                .get("settings", Document.class)
                .getObjectId("replicaSetId");
    }
}
