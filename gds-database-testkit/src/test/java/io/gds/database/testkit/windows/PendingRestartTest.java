package io.gds.database.testkit.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each thing that says that Windows waits for a restart, by itself. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PendingRestartTest {
    private static final String WINDOWS = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\";
    private static final String CONTROL = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\";

    private final Hosts bench = new Hosts();
    private final Registry registry = bench.host.registry();

    private JsonNode pending() {
        JsonNode pending = bench.answer("pending-restart", Map.of()).get("pending");
        assertThat(pending).as("an answer").isNotNull();
        return pending;
    }

    private JsonNode only() {
        JsonNode pending = pending();
        assertThat(pending).hasSize(1);
        return pending.get(0);
    }

    @Test
    void aFreshHostWaitsForNothing() {
        assertThat(pending()).isEmpty();
    }

    @Test
    void keysOfTheServicingOfComponents() {
        for (String key : List.of("RebootPending", "RebootInProgress", "PackagesPending")) {
            registry.key(WINDOWS + "Component Based Servicing\\" + key);
            assertThat(only().get("signal").asText()).isEqualTo(key);
            registry.remove(WINDOWS + "Component Based Servicing\\" + key);
        }
    }

    @Test
    void theKeyOfWindowsUpdate() {
        registry.key(WINDOWS + "WindowsUpdate\\Auto Update\\RebootRequired");
        assertThat(only().get("signal").asText()).isEqualTo("RebootRequired");
        assertThat(only().get("detail")).isEmpty();
    }

    @Test
    void filesToBeRenamed() {
        registry.set(CONTROL + "Session Manager", "PendingFileRenameOperations", List.of("\\??\\C:\\a.dll", ""));
        assertThat(only().get("signal").asText()).isEqualTo("PendingFileRenameOperations");
        assertThat(only().get("detail").get(0).asText()).isEqualTo("\\??\\C:\\a.dll");
        assertThat(only().get("detail")).hasSize(1);
    }

    @Test
    void moreFilesToBeRenamed() {
        registry.set(CONTROL + "Session Manager", "PendingFileRenameOperations2", List.of("a", "b", "c", "d"));
        assertThat(only().get("signal").asText()).isEqualTo("PendingFileRenameOperations2");
        assertThat(only().get("detail")).hasSize(4);
    }

    @Test
    void anEmptyListOfFilesIsNone() {
        registry.set(CONTROL + "Session Manager", "PendingFileRenameOperations", List.of("", ""));
        assertThat(pending()).isEmpty();
    }

    @Test
    void anUpdateThatSaysSo() {
        registry.set("HKLM\\SOFTWARE\\Microsoft\\Updates", "UpdateExeVolatile", 0);
        assertThat(pending()).isEmpty();
        registry.set("HKLM\\SOFTWARE\\Microsoft\\Updates", "UpdateExeVolatile", 3);
        assertThat(only().get("signal").asText()).isEqualTo("UpdateExeVolatile");
        assertThat(only().get("detail").get(0).asText()).isEqualTo("3");
    }

    @Test
    void aNewNameOfTheComputer() {
        registry.set(CONTROL + "ComputerName\\ComputerName", "ComputerName", "SQL02");
        assertThat(only().get("signal").asText()).isEqualTo("ComputerName");
        assertThat(only().get("detail").get(0).asText()).isEqualTo("SQL01 -> SQL02");
    }

    @Test
    void aDomainToBeJoined() {
        for (String key : List.of("JoinDomain", "AvoidSpnSet")) {
            registry.key("HKLM\\SYSTEM\\CurrentControlSet\\Services\\Netlogon\\" + key);
            assertThat(only().get("signal").asText()).isEqualTo(key);
            registry.remove("HKLM\\SYSTEM\\CurrentControlSet\\Services\\Netlogon\\" + key);
        }
    }

    @Test
    void theAgentOfConfigurationManager() {
        bench.host.agentSaysRestartPending(false);
        assertThat(pending()).isEmpty();
        bench.host.agentSaysRestartPending(true);
        assertThat(only().get("signal").asText()).isEqualTo("ConfigurationManager");
    }

    @Test
    void allOfThemTogether() {
        registry.key(WINDOWS + "WindowsUpdate\\Auto Update\\RebootRequired");
        registry.set(CONTROL + "ComputerName\\ComputerName", "ComputerName", "SQL02");
        bench.host.agentSaysRestartPending(true);
        assertThat(pending()).hasSize(3);
    }
}
