package io.gds.database.core.internal.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The files are what pgBackRest 2.45 wrote; 2.24 is in the shape of its time. */
class PgBackRestInfoTest {
    private static final PgBackRestInfo INFO = new PgBackRestInfo("pgbackrest on h1", "main");

    @Test
    void newestOfFullAndIncrementalOfAllRepositories() {
        assertThat(INFO.newest(file("ok"))).contains(Instant.ofEpochSecond(1795292649));
    }

    @Test
    void oneRepositoryWithBackupsIsEnough() {
        assertThat(INFO.newest(file("mixed"))).contains(Instant.ofEpochSecond(1795292641));
    }

    @Test
    void stanzaWithoutBackupHasNone() {
        assertThat(INFO.newest(file("none"))).isEmpty();
    }

    @Test
    void stanzaThatIsNotThereCannotTell() {
        assertThatThrownBy(() -> INFO.newest(file("missing")))
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("pgbackrest on h1")
                .hasMessageContaining("status 1 (missing stanza path)");
        assertThatThrownBy(() -> new PgBackRestInfo("h1", "other").newest(file("ok")))
                .hasMessageContaining("no stanza \"other\"");
    }

    @Test
    void backupWithDamagedPagesIsNotGoodNorWhatBuildsUponIt() {
        String damaged = file("ok").replaceFirst("\"error\":false", "\"error\":true");
        assertThat(INFO.newest(damaged)).contains(Instant.ofEpochSecond(1795292646));
    }

    @Test
    void backupWhoseLogIsNotInTheArchiveIsNotGood() {
        String gap = file("ok").replace("\"max\":\"000000010000000000000006\"", "\"max\":\"000000010000000000000005\"");
        assertThat(INFO.newest(gap)).contains(Instant.ofEpochSecond(1795292646));
        String expired =
                file("ok").replace("\"min\":\"000000010000000000000001\"", "\"min\":\"000000020000000000000001\"");
        assertThat(INFO.newest(expired)).isEmpty();
    }

    @Test
    void backupOfTheDatabaseBeforeAnUpgradeIsNotGood() {
        String upgraded = file("mixed")
                .replace("\"db\":[", "\"db\":[{\"id\":2,\"repo-key\":1,\"system-id\":1,\"version\":\"16\"},");
        assertThat(INFO.newest(upgraded)).isEmpty();
    }

    @Test
    void olderReleasesKnowOneRepository() {
        assertThat(INFO.newest(file("old"))).contains(Instant.ofEpochSecond(1590660005));
    }

    @Test
    void backupTakenOffLineNeedsNoLog() {
        String json = file("mixed").replaceAll("\"(start|stop)\":\"0000[0-9A-F]*\"", "\"$1\":null");
        assertThat(INFO.newest(json)).isEqualTo(Optional.of(Instant.ofEpochSecond(1795292641)));
    }

    @Test
    void garbageIsNamedButNotQuoted() {
        assertThatThrownBy(() -> INFO.newest("ERROR: key hunter2"))
                .hasMessageContaining("answered something else, expected JSON")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> INFO.newest("")).hasMessageContaining("no stanza \"main\"");
    }

    private static String file(String name) {
        String path = "pgbackrest-" + (name.equals("old") ? "2.24" : "2.45-" + name) + ".json";
        try (InputStream in = Objects.requireNonNull(PgBackRestInfoTest.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }
}
