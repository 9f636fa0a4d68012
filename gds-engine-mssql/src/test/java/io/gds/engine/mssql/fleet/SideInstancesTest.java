package io.gds.engine.mssql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.plan.Finding;
import io.gds.database.testkit.mssql.InstalledInstance;
import io.gds.engine.mssql.HotfixRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Setup for all instances of a host takes those along that the plan left out. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SideInstancesTest {
    @TempDir
    private Path directory;

    private List<Finding> findings(String build, String moreTargets, String mapping) throws Exception {
        try (OneServer server = new OneServer(directory)) {
            InstalledInstance.on(server.host, "CRM", build, OneServer.EDITION);
            String spec = server.spec("test").replace("encryption:", moreTargets + "encryption:");
            try (DatabaseEngine fleet = Engines.open(spec, "the test");
                    RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
                return patcher.plan(fleet, HotfixRequest.of("the test", mapping))
                        .findings();
            }
        }
    }

    @Test
    void oneThatNobodyNamedIsForSomebodyToKnow() throws Exception {
        assertThat(findings(OneServer.OLD, "", OneServer.MAPPING))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.severity()).isEqualTo(Finding.Severity.ACK);
                    assertThat(f.toString()).contains("MSSQL-OTHER-INSTANCES", "127.0.0.1\\CRM", "/AllInstances");
                });
    }

    @Test
    void oneThatTheSpecLeavesOutIsNotTakenAlong() throws Exception {
        String disabled = "  - {server: 127.0.0.1, instance: CRM, port: 1, user: gds, secret: \"env:P\","
                + " environment: production, enabled: false}\n";
        assertThat(findings(OneServer.OLD, disabled, OneServer.MAPPING))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.severity()).isEqualTo(Finding.Severity.BLOCK);
                    assertThat(f.toString()).contains("MSSQL-OTHER-INSTANCES", "the spec has it");
                });
    }

    @Test
    void whatSetupWouldNotTouchIsNotSpokenOf() throws Exception {
        String named = OneServer.MAPPING.replace("/AllInstances", "/InstanceName=MSSQLSERVER");
        assertThat(findings(OneServer.OLD, "", named)).isEmpty();
        assertThat(findings("16.0.4165.4", "", OneServer.MAPPING)).isEmpty();
        assertThat(findings("15.0.4385.2", "", OneServer.MAPPING)).isEmpty();
    }
}
