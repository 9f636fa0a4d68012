package io.gds.engine.mongo.internal.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.engine.mongo.internal.client.Answer;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class SeenMemberTest {
    private static SeenMember wrote(Instant at) {
        return SeenMember.of(Answer.of(new Document("name", "10.0.0.23:27017")
                .append("state", 8)
                .append("health", 0.0)
                .append("optimeDate", Date.from(at))));
    }

    /** Servers say 1970 of one that they have not heard yet: how far it is behind is not known, and no half century. */
    @Test
    void oneThatWasNeverHeardWroteAtNoTime() {
        assertThat(wrote(Instant.EPOCH).optimeDate()).isEmpty();
        Instant now = Instant.parse("2026-03-03T21:00:10Z");
        assertThat(wrote(now).optimeDate()).contains(now);
    }
}
