package io.gds.engine.mssql.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.Database;
import io.gds.database.DatabaseMetadata;
import io.gds.database.OperationResult;
import io.gds.database.testkit.mssql.ServerSessions;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DatabasesTest {
    @TempDir
    private Path directory;

    @Test
    void databasesAreListedAlsoWhenTheyAreNotOnline() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.instance.database("old", "RESTORING");
            assertThat(server.engine.databases())
                    .extracting(Database::name)
                    .containsExactly("master", "model", "msdb", "old", "shop", "tempdb");
            assertThat(server.engine.databases()).allMatch(Database::exists);
            assertThat(server.engine.database("nothing").exists()).isFalse();
            assertThat(server.engine.database("old").metadata().attributes()).containsEntry("state", "RESTORING");
            assertThat(server.engine.database("old").metadata().collation()).isEmpty();
        }
    }

    @Test
    void aDatabaseSaysWhatItIs() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue().encrypt("shop");
            DatabaseMetadata m = server.engine.database("shop").metadata();
            assertThat(m.sizeBytes()).hasValue((1024 + 128) * 8192L);
            assertThat(m.owner()).isEqualTo("sa");
            assertThat(m.collation()).isEqualTo("SQL_Latin1_General_CP1_CI_AS");
            assertThat(m.createdAt()).isPresent();
            assertThat(m.attributes())
                    .containsEntry("recoveryModel", "FULL")
                    .containsEntry("compatibilityLevel", "160")
                    .containsEntry("encrypted", "true")
                    .containsEntry("bytes.LOG", String.valueOf(128 * 8192));
        }
    }

    @Test
    void metadataOfNoDatabaseIsAnErrorThatSaysSo() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            assertThatThrownBy(() -> server.engine.database("nothing").metadata())
                    .hasMessageContaining("GDS-DATABASE")
                    .hasMessageContaining("no database nothing");
        }
    }

    @Test
    void aDatabaseComesAndGoes() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            Database odd = server.engine.database("a]b'c; DROP DATABASE [shop]--");
            assertThat(odd.create().changed()).isTrue();
            assertThat(odd.exists()).isTrue();
            assertThat(odd.metadata().name()).isEqualTo(odd.name());
            OperationResult again = odd.create();
            assertThat(again.changed()).isFalse();
            assertThat(again.detail()).contains("already");
            assertThat(odd.drop().changed()).isTrue();
            assertThat(odd.exists()).isFalse();
            assertThat(odd.drop().changed()).isFalse();
            assertThat(server.engine.database("shop").exists()).isTrue();
        }
    }

    @Test
    void sessionsInADatabaseKeepItFromBeingDropped() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue()
                    .sessions()
                    .add(new ServerSessions.Session(
                            90, "app", "shop", LocalDateTime.now(ZoneOffset.UTC), "till", "pc1", null));
            assertThatThrownBy(() -> server.engine.database("shop").drop())
                    .hasMessageContaining("MSSQL-3702")
                    .hasMessageContaining("currently in use")
                    .hasMessageContaining("end the sessions");
            assertThat(server.engine.database("shop").exists()).isTrue();
        }
    }

    @Test
    void theServersOwnAreNotDropped() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            assertThatThrownBy(() -> server.engine.database("MSDB").drop())
                    .hasMessageContaining("GDS-DATABASE")
                    .hasMessageContaining("server's own");
        }
    }

    @Test
    void namesThatNothingCanHaveAreRefused() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            assertThatThrownBy(() -> server.engine.database(""))
                    .hasMessageContaining("GDS-NAME")
                    .hasMessageContaining("database name");
            assertThatThrownBy(() -> server.engine.database("x".repeat(129))).hasMessageContaining("129 characters");
        }
    }
}
