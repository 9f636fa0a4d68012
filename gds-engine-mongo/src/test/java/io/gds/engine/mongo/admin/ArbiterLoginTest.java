package io.gds.engine.mongo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.DatabaseEngine;
import io.gds.database.EngineMetadata.Status;
import io.gds.database.LogFilter;
import io.gds.database.LogSource;
import io.gds.database.MetricSource;
import io.gds.database.ProcessAdmin;
import io.gds.database.ReplicationAdmin;
import io.gds.database.topology.MemberRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ArbiterLoginTest {
    /** What needs a login it tells nobody. */
    @Test
    void arbiterThatKnowsNoUsersKeepsNothingFromWorking(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(
                directory.resolve("secret"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "secret");
        try (AdminSet bed = AdminSet.start(
                        b -> b.login("boss", "secret").member("m3", m -> m.append("arbiterOnly", true)));
                DatabaseEngine engine =
                        bed.openWithoutShell("connection: {user: boss, password: \"file:" + file + "\"}\n")) {
            assertThat(engine.topology().member("m3").orElseThrow().role()).isEqualTo(MemberRole.ARBITER);
            assertThat(engine.metadata().status()).isEqualTo(Status.AVAILABLE);
            assertThat(engine.facet(ProcessAdmin.class).orElseThrow().processes())
                    .isNotEmpty();
            Instant now = Instant.now();
            assertThat(engine.facet(MetricSource.class).orElseThrow().metrics(now, now))
                    .isNotEmpty();
            assertThat(engine.facet(LogSource.class).orElseThrow().logs(Instant.EPOCH, now, LogFilter.all()))
                    .isNotEmpty();
            assertThatThrownBy(() ->
                            engine.facet(ReplicationAdmin.class).orElseThrow().failover("m3"))
                    .hasMessageContaining("arbiter");
        }
    }
}
