package io.gds.engine.mongo.admin;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import io.gds.database.ProcessAdmin;
import io.gds.database.ServerProcess;
import io.gds.samples.mongo.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("slow")
@ExtendWith(SharedSet.class)
class ProcessesTest {
    private static final String SLOW = "sleep(120000) || true";

    @Test
    void longOperationIsListedAndKilledAndItsClientSeesIt(AdminSet bed) throws Exception {
        MongoCollection<Document> collection = collection(bed, "long_read");
        CompletableFuture<Document> client = CompletableFuture.supplyAsync(() -> collection
                .find(new Document("$where", SLOW).append("secret", "4711"))
                .first());
        ServerProcess found = awaited(bed, "find long_read");

        assertThat(found.id()).startsWith(bed.primary().name() + "/");
        assertThat(found.database()).isEqualTo("processes");
        assertThat(found.state()).isEqualTo("active query");
        assertThat(found.user()).isEmpty();
        assertThat(found.startedAt().orElseThrow()).isCloseTo(Instant.now(), within(1, MINUTES));
        assertThat(found.attributes())
                .containsEntry("member", bed.primary().name())
                .containsKey("client");
        assertThat(found.toString() + found.statement() + found.attributes()).doesNotContain("4711");
        assertThat(bed.facet(ProcessAdmin.class).kill(found.id()).changed()).isTrue();
        assertThatThrownBy(() -> client.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        MongoException.class, e -> assertThat(e.getCode()).isEqualTo(11601));
        Await.until(
                "its end",
                Duration.ofSeconds(30),
                () -> find(bed, "find long_read").isPresent() ? "it runs" : "");
        assertThat(bed.facet(ProcessAdmin.class).kill(found.id()).changed()).isFalse();
    }

    /** A part of an update shows its filter first, which is the application's data. */
    @Test
    void statementOfAnUpdateHoldsNothingOfTheApplicationsData(AdminSet bed) throws Exception {
        MongoCollection<Document> collection = collection(bed, "long_update");
        CompletableFuture<?> client = CompletableFuture.supplyAsync(() -> collection.updateOne(
                new Document("$where", SLOW).append("secret", "4711"),
                new Document("$set", new Document("a", "0815"))));
        String ours = "update processes.long_update";
        try {
            // found by its own words: mongod updates its sessions' collection every five minutes, and that is listed
            // too
            ServerProcess found = awaited(bed, ours);
            assertThat(found.state()).isEqualTo("active update");
            assertThat(found.database()).isEqualTo("processes");
            assertThat(bed.facet(ProcessAdmin.class).processes())
                    .extracting(p -> p.toString() + p.statement() + p.attributes())
                    .noneMatch(shown -> shown.contains("4711") || shown.contains("0815"));
        } finally {
            bed.facet(ProcessAdmin.class).processes().stream()
                    .filter(p -> p.statement().equals(ours))
                    .forEach(p -> bed.facet(ProcessAdmin.class).kill(p.id()));
        }
        assertThatThrownBy(() -> client.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    /** Of a command over one kilobyte mongod shows one string, {@code $truncated}, which is full of the application's data. */
    @Test
    void statementOfALongCommandHoldsNothingOfTheApplicationsData(AdminSet bed) throws Exception {
        MongoCollection<Document> collection = collection(bed, "long_command");
        CompletableFuture<?> client = CompletableFuture.supplyAsync(() -> collection
                .find(new Document("secret", "4711")
                        .append("$where", SLOW)
                        .append("more", new Document("$ne", "4711".repeat(1000))))
                .first());
        ServerProcess found = awaited(bed, "query processes.long_command");
        assertThat(bed.facet(ProcessAdmin.class).kill(found.id()).changed()).isTrue();
        assertThat(found.toString() + found.statement() + found.attributes()).doesNotContain("4711");
        assertThatThrownBy(() -> client.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void everyMembersAreThereAndTheQuestionItselfIsNot(AdminSet bed) {
        assertThat(bed.facet(ProcessAdmin.class).processes())
                .noneMatch(p -> p.statement().startsWith("currentOp"))
                .extracting(p -> p.attributes().get("member"))
                .contains("m1", "m2", "m3");
    }

    @Test
    void idOfAnotherShapeIsRefused(AdminSet bed) {
        ProcessAdmin processes = bed.facet(ProcessAdmin.class);
        assertThatThrownBy(() -> processes.kill("4711")).hasMessageContaining("GDS-PROCESS-ID");
        assertThatThrownBy(() -> processes.kill("m9/1")).hasMessageContaining("GDS-PROCESS-ID");
        assertThat(processes.kill("m1/999999999").changed()).isFalse();
    }

    private static MongoCollection<Document> collection(AdminSet bed, String name) {
        MongoCollection<Document> made = bed.client().getDatabase("processes").getCollection(name);
        made.insertOne(new Document("secret", "4711"));
        return made;
    }

    private static Optional<ServerProcess> find(AdminSet bed, String statement) {
        return bed.facet(ProcessAdmin.class).processes().stream()
                .filter(p -> p.statement().equals(statement))
                .findFirst();
    }

    private static ServerProcess awaited(AdminSet bed, String statement) {
        Await.until(
                statement, Duration.ofSeconds(30), () -> find(bed, statement).isPresent() ? "" : "not listed");
        return find(bed, statement).orElseThrow();
    }
}
