package io.gds.engine.mongo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.Database;
import io.gds.database.DatabaseMetadata;
import io.gds.database.error.GdsDatabaseException;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@ExtendWith(SharedSet.class)
class DatabasesTest {
    @ParameterizedTest
    @ValueSource(strings = {"plain", "odd-näme,100%;'q'", "UPPER_and(brackets)"})
    void isMadeListedAndDropped(String name, AdminSet bed) {
        Database db = bed.engine().database(name);

        assertThat(db.exists()).isFalse();
        assertThat(db.create().changed()).isTrue();
        assertThat(db.create().changed()).isFalse();
        assertThat(db.exists()).isTrue();
        assertThat(bed.engine().databases()).extracting(Database::name).contains(name, "admin", "local");
        assertThat(db.drop().changed()).isTrue();
        assertThat(db.drop().changed()).isFalse();
        assertThat(db.exists()).isFalse();
    }

    @Test
    void sizeGrowsWithTheDataAndCountsAreThere(AdminSet bed) {
        Database db = bed.engine().database("sized");
        db.create();
        long before = db.metadata().sizeBytes().orElseThrow();
        bed.client().getDatabase("sized").getCollection("t").insertOne(new Document("text", "x".repeat(100)));

        DatabaseMetadata found = db.metadata();

        assertThat(found.name()).isEqualTo("sized");
        assertThat(found.sizeBytes().orElseThrow()).isGreaterThan(before);
        assertThat(found.attributes())
                .containsEntry("collections", "2")
                .containsEntry("views", "0")
                .containsEntry("objects", "1")
                .containsEntry("indexes", "2");
        db.drop();
    }

    @Test
    void hasNeitherOwnerNorBirthdayNorCollation(AdminSet bed) {
        DatabaseMetadata found = bed.engine().database("admin").metadata();

        assertThat(found.owner()).isEmpty();
        assertThat(found.createdAt()).isEmpty();
        assertThat(found.collation()).isEmpty();
    }

    @Test
    void oneThatIsMissingHasNoMetadata(AdminSet bed) {
        assertThatThrownBy(() -> bed.engine().database("missing").metadata())
                .isInstanceOfSatisfying(
                        GdsDatabaseException.class, e -> assertThat(e.code()).isEqualTo("GDS-DATABASE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a.b", "a/b", "a\\b", "a\"b", "a$b", "a\0b"})
    void nameThatNoServerTakesIsRefused(String name, AdminSet bed) {
        assertThatThrownBy(() -> bed.engine().database(name)).hasMessageContaining("GDS-NAME");
    }

    @Test
    void lengthOfANameCountsInBytes(AdminSet bed) {
        Database longest = bed.engine().database("ü".repeat(31) + "x");
        assertThat(longest.create().changed()).isTrue();
        assertThat(longest.drop().changed()).isTrue();
        assertThatThrownBy(() -> bed.engine().database("ü".repeat(32))).hasMessageContaining("GDS-NAME");
    }

    @Test
    void nameThatDiffersInCaseAloneIsTheServersToRefuse(AdminSet bed) {
        Database db = bed.engine().database("cased");
        db.create();
        assertThatThrownBy(() -> bed.engine().database("Cased").create())
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("different case");
        db.drop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "config", "local"})
    void serversOwnAreNeverDropped(String name, AdminSet bed) {
        assertThatThrownBy(() -> bed.engine().database(name).drop()).hasMessageContaining("GDS-DATABASE");
        assertThat(bed.engine().database(name).exists()).isTrue();
    }
}
