package io.gds.engine.mongo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import io.gds.database.Database;
import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@ExtendWith(SharedSet.class)
class BackupTest {
    @TempDir
    private Path temporary;

    @Test
    void everythingComesBackUnderAnotherName(AdminSet bed) {
        MongoDatabase source = bed.client().getDatabase("shop");
        Shop.fill(source);
        Path directory = temporary.resolve("shop");

        assertThat(bed.engine().database("shop").backup(directory).detail()).contains("collections and views with");
        made(bed, "shop_again").restore(directory);

        Map<String, String> before = Shop.seen(source);
        assertThat(before).containsKeys("weather documents", "types documents", "capped indexes", "above");
        assertThat(Shop.seen(bed.client().getDatabase("shop_again"))).isEqualTo(before);
        bed.engine().database("shop").drop();
        bed.engine().database("shop_again").drop();
    }

    @Test
    void emptyDatabaseComesBackEmpty(AdminSet bed) {
        Path directory = temporary.resolve("nothing");
        made(bed, "nothing").backup(directory);
        Database target = made(bed, "nothing_again");
        target.restore(directory);
        assertThat(target.exists()).isTrue();
        assertThat(bed.client().getDatabase("nothing_again").listCollectionNames())
                .hasSize(1);
    }

    @Test
    void misplacedOnesAreRefused(AdminSet bed) {
        Path directory = small(bed, "misplaced");

        assertThatThrownBy(() -> bed.engine().database("misplaced").backup(directory))
                .hasMessageContaining("GDS-BACKUP-DIRECTORY");
        assertThatThrownBy(() -> bed.engine().database("misplaced").restore(directory))
                .hasMessageContaining("GDS-RESTORE-NOT-EMPTY")
                .hasMessageContaining("[t]");
        assertThat(count(bed, "misplaced")).isEqualTo(1000);
        assertThatThrownBy(() -> bed.engine().database("not_there").restore(directory))
                .hasMessageContaining("GDS-DATABASE");
        assertThatThrownBy(() -> bed.engine().database("not_there").backup(temporary.resolve("x")))
                .hasMessageContaining("GDS-DATABASE");
        assertThat(temporary.resolve("x")).doesNotExist();
        Database used = made(bed, "used");
        bed.client().getDatabase("used").getCollection("gds_empty").insertOne(new Document());
        assertThatThrownBy(() -> used.restore(directory)).hasMessageContaining("GDS-RESTORE-NOT-EMPTY");
    }

    @Test
    void damagedOneIsRefusedBeforeAnythingIsTouched(AdminSet bed) throws IOException {
        Path directory = small(bed, "damaged");
        Path data = directory.resolve("t.bson");
        Path manifest = directory.resolve("gds-manifest.json");
        byte[] whole = Files.readAllBytes(data);
        String told = Files.readString(manifest);
        Database target = made(bed, "damaged_again");

        refused(bed, target, temporary.resolve("nowhere"));
        for (int length : List.of(whole.length - 1, whole.length - whole.length / 1000, 2, 0)) {
            Files.write(data, Arrays.copyOf(whole, length));
            refused(bed, target, directory);
        }
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        Files.write(data, flipped);
        refused(bed, target, directory);
        Files.delete(data);
        refused(bed, target, directory);
        Files.write(data, whole);
        for (String other : List.of("", "{", "{}", "[]", told.substring(0, told.length() / 2), "{\"content\": [{}]}")) {
            Files.writeString(manifest, other);
            refused(bed, target, directory);
        }
        Files.delete(manifest);
        refused(bed, target, directory);
        Files.writeString(manifest, told);
        target.restore(directory);
        assertThat(count(bed, "damaged_again")).isEqualTo(1000);
    }

    private static void refused(AdminSet bed, Database target, Path directory) {
        assertThatThrownBy(() -> target.restore(directory))
                .isInstanceOfSatisfying(
                        GdsDatabaseException.class, e -> assertThat(e.code()).isEqualTo("GDS-BACKUP-DAMAGED"));
        assertThat(bed.client().getDatabase(target.name()).listCollectionNames())
                .containsExactly("gds_empty");
    }

    /** As it may be when documents were written while the backup was made. */
    @Test
    void restoreThatFailsLeavesAnEmptyDatabase(AdminSet bed) throws IOException {
        bed.client()
                .getDatabase("broken")
                .getCollection("t")
                .insertMany(List.of(new Document("a", 1), new Document("a", 1)));
        bed.client().getDatabase("broken").getCollection("t").createIndex(new Document("a", 1));
        Path directory = temporary.resolve("broken");
        bed.engine().database("broken").backup(directory);
        Path manifest = directory.resolve("gds-manifest.json");
        String told = Files.readString(manifest);
        Files.writeString(manifest, told.replace("\"name\": \"a_1\"", "\"name\": \"a_1\", \"unique\": true"));
        Database target = made(bed, "broken_again");

        assertThatThrownBy(() -> target.restore(directory))
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("MONGO-COMMAND")
                .hasMessageContaining("11000");

        assertThat(bed.client().getDatabase("broken_again").listCollectionNames())
                .containsExactly("gds_empty");
        Files.writeString(manifest, told);
        target.restore(directory);
        assertThat(count(bed, "broken_again")).isEqualTo(2);
    }

    private Path small(AdminSet bed, String name) {
        List<Document> all = java.util.stream.IntStream.range(0, 1000)
                .mapToObj(i -> new Document("_id", i))
                .toList();
        bed.client().getDatabase(name).getCollection("t").insertMany(all);
        Path directory = temporary.resolve(name);
        bed.engine().database(name).backup(directory);
        return directory;
    }

    private static long count(AdminSet bed, String name) {
        return bed.client().getDatabase(name).getCollection("t").countDocuments();
    }

    private static Database made(AdminSet bed, String name) {
        Database database = bed.engine().database(name);
        database.create();
        return database;
    }
}
