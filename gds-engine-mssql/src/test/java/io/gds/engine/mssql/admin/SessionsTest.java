package io.gds.engine.mssql.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.OperationResult;
import io.gds.database.ProcessAdmin;
import io.gds.database.ServerProcess;
import io.gds.database.testkit.mssql.ServerSessions.Session;
import io.gds.database.testkit.tds.SessionInfo;
import io.gds.engine.mssql.internal.MssqlEngine;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SessionsTest {
    private static final LocalDateTime SINCE = LocalDateTime.of(2026, 11, 22, 10, 0, 0);

    @TempDir
    private Path directory;

    private static Session session(int id, String login, String statement) {
        return new Session(id, login, "shop", SINCE, "till", "pc1", statement);
    }

    private static ServerProcess find(AdminServer server, int id) {
        return server.facet(ProcessAdmin.class).processes().stream()
                .filter(p -> p.attributes().get("session_id").equals(String.valueOf(id)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sessionsAreListedWithWhatTheyDoButNotOneself() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue().sessions().add(session(90, "app", "SELECT 1 FROM orders"));
            server.catalogue().sessions().add(session(7, "", null));
            List<ServerProcess> all = server.facet(ProcessAdmin.class).processes();
            assertThat(all).hasSize(2);
            ServerProcess p = find(server, 90);
            assertThat(p.user()).isEqualTo("app");
            assertThat(p.database()).isEqualTo("shop");
            assertThat(p.state()).isEqualTo("running");
            assertThat(p.statement()).isEqualTo("SELECT 1 FROM orders");
            assertThat(p.startedAt()).contains(SINCE.toInstant(ZoneOffset.UTC));
            assertThat(p.attributes()).containsEntry("program_name", "till").containsEntry("host_name", "pc1");
            assertThat(find(server, 7).user()).isEmpty();
        }
    }

    @Test
    void aPasswordInAStatementIsNotShown() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue()
                    .sessions()
                    .add(session(90, "app", "ALTER LOGIN [x] WITH PASSWORD = N'it''s secret' OLD_PASSWORD='older'"));
            assertThat(find(server, 90).statement()).isEqualTo("ALTER LOGIN [x] WITH PASSWORD = *** OLD_PASSWORD=***");
        }
    }

    @Test
    void aSessionThatIsKilledIsGone() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue().sessions().add(session(90, "app", null));
            ProcessAdmin processes = server.facet(ProcessAdmin.class);
            String id = find(server, 90).id();
            OperationResult killed = processes.kill(id);
            assertThat(killed.changed()).isTrue();
            assertThat(killed.detail()).isEqualTo("ended");
            assertThat(processes.processes()).isEmpty();
            assertThat(processes.kill(id).changed()).isFalse();
        }
    }

    @Test
    void aClientThatIsKilledLosesItsConnection() throws Exception {
        try (AdminServer server = new AdminServer(directory);
                Connection client = ((MssqlEngine) server.engine)
                        .access("127.0.0.1")
                        .source("shop")
                        .getConnection()) {
            assertThat(client.isValid(5)).isTrue();
            assertThatThrownBy(() -> server.engine.database("shop").drop()).hasMessageContaining("MSSQL-3702");
            ProcessAdmin processes = server.facet(ProcessAdmin.class);
            ServerProcess found = processes.processes().stream()
                    .filter(p -> p.database().equals("shop"))
                    .findFirst()
                    .orElseThrow();
            assertThat(found.attributes()).containsEntry("program_name", "gds-database");
            assertThat(processes.kill(found.id()).changed()).isTrue();
            assertThat(client.isValid(5)).isFalse();
            assertThat(server.engine.database("shop").drop().changed()).isTrue();
        }
    }

    @Test
    void anotherSessionOfTheSameNumberIsLeftAlone() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue().sessions().add(session(90, "app", null));
            String id = find(server, 90).id();
            server.catalogue()
                    .sessions()
                    .add(new Session(90, "other", "shop", SINCE.plusSeconds(1), "till", "pc2", null));
            assertThat(server.facet(ProcessAdmin.class).kill(id).changed()).isFalse();
            assertThat(find(server, 90).user()).isEqualTo("other");
        }
    }

    @Test
    void aSessionWithMuchToUndoSaysHowFarItIs() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue().sessions().addWithMuchToUndo(session(90, "app", "UPDATE orders SET total = 0"));
            OperationResult killed = server.facet(ProcessAdmin.class).kill("90");
            assertThat(killed.changed()).isTrue();
            assertThat(killed.detail()).contains("rolls back", "25 %");
            assertThat(find(server, 90).attributes()).containsEntry("command", "KILLED/ROLLBACK");
        }
    }

    @Test
    void neitherItselfNorTheServersOwnAreEnded() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            ProcessAdmin processes = server.facet(ProcessAdmin.class);
            server.catalogue().sessions().add(session(7, "", null));
            assertThatThrownBy(() -> processes.kill("7"))
                    .hasMessageContaining("GDS-PROCESS-ID")
                    .hasMessageContaining("server's own");
            assertThat(processes.processes()).hasSize(1);
            SessionInfo own = server.instance.server().sessions().get(0);
            assertThatThrownBy(() -> processes.kill(String.valueOf(own.id())))
                    .hasMessageContaining("GDS-PROCESS-ID")
                    .hasMessageContaining("the one that was to end it");
        }
    }

    @Test
    void whatIsNoIdIsRefused() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            for (String id : new String[] {"", "x", "90; SHUTDOWN", "-1", "1234567"}) {
                assertThatThrownBy(() -> server.facet(ProcessAdmin.class).kill(id))
                        .as(id)
                        .hasMessageContaining("GDS-PROCESS-ID");
            }
        }
    }
}
