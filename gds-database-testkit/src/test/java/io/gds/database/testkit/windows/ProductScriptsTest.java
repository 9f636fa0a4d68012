package io.gds.database.testkit.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The very scripts that the product sends, carried out from beginning to end. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProductScriptsTest {
    private static final String SQL = "HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server";
    private static final String INSTALLER =
            "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\S-1-5-18";

    private final Hosts bench = new Hosts();
    private final WindowsHost host = bench.host;

    @AfterEach
    void nothingWasUnknown() {
        assertThat(host.unsupported()).isEmpty();
    }

    private void instance(String name, String id, String programs, String patchLevel) {
        host.registry().set(SQL + "\\Instance Names\\SQL", name, id);
        host.registry().set(SQL + "\\" + id + "\\Setup", "Version", "16.0.1000.6");
        host.registry().set(SQL + "\\" + id + "\\Setup", "PatchLevel", patchLevel);
        host.registry().set(SQL + "\\" + id + "\\Setup", "Edition", "Standard Edition");
        host.registry().set(SQL + "\\" + id + "\\Setup", "SQLBinRoot", programs);
    }

    @Test
    void hostTellsWhatItIs() {
        JsonNode a = bench.answer("host", Map.of());
        assertThat(a.get("name").asText()).isEqualTo("SQL01");
        assertThat(a.get("account").asText()).isEqualTo("SQL01\\Administrator");
        assertThat(a.get("isAdministrator").asBoolean()).isTrue();
        assertThat(a.get("version").asText()).isEqualTo("10.0.20348");
        assertThat(a.get("bootedAt").asText()).isEqualTo("2024-05-04T12:00:00.0000000Z");
        assertThat(a.get("now").asText()).isEqualTo("2024-05-07T12:00:00.0000000Z");
        assertThat(a.get("powerShell").asText()).startsWith("5.1.");
        assertThat(a.get("drives")).hasSize(2);
        assertThat(a.get("drives").get(1).get("name").asText()).isEqualTo("D:");
        assertThat(a.get("drives").get(1).get("freeBytes").asLong()).isEqualTo(300L << 30);
    }

    @Test
    void hostTellsWhoAsksEvenWhenThatIsNoAdministrator() {
        host.account(new Account("SQL01\\kim", "S-1-5-21-1-2-3-1001", false));
        Hosts.Result r = Hosts.result(host.run(Hosts.file(Hosts.SCRIPTS + "run.ps1", "host e30="), "kim", Map.of()));
        assertThat(Hosts.answer(r).get("isAdministrator").asBoolean()).isFalse();
    }

    @Test
    void aHostWithoutInstancesHasNone() {
        assertThat(bench.answer("instances", Map.of()).get("instances")).isEmpty();
    }

    @Test
    void instancesAreReadFromRegistryServicesAndPrograms() {
        instance("MSSQLSERVER", "MSSQL16.MSSQLSERVER", "C:\\SQL\\Binn", "16.0.4100.1");
        instance("SALES", "MSSQL16.SALES", "D:\\SALES\\Binn\\", "16.0.1000.6");
        host.registry().set(SQL + "\\MSSQL16.SALES\\Setup", "Resume", 1);
        host.files()
                .put(
                        "C:\\SQL\\Binn\\sqlservr.exe",
                        HostFile.declared(700_000, Hosts.HASH).version("16.0.4100.1"));
        host.services().add("MSSQLSERVER").running();
        host.services().add("MSSQL$SALES").startType(HostService.StartType.MANUAL);
        JsonNode list = bench.answer("instances", Map.of()).get("instances");
        assertThat(list).hasSize(2);
        JsonNode a = list.get(0);
        assertThat(a.get("name").asText()).isEqualTo("MSSQLSERVER");
        assertThat(a.get("patchLevel").asText()).isEqualTo("16.0.4100.1");
        assertThat(a.get("programVersion").asText()).isEqualTo("16.0.4100.1");
        assertThat(a.get("serviceState").asText()).isEqualTo("Running");
        assertThat(a.get("startMode").asText()).isEqualTo("Automatic");
        assertThat(a.get("halfInstalled").asBoolean()).isFalse();
        JsonNode b = list.get(1);
        assertThat(b.get("service").asText()).isEqualTo("MSSQL$SALES");
        assertThat(b.get("serviceState").asText()).isEqualTo("Stopped");
        assertThat(b.get("startMode").asText()).isEqualTo("Manual");
        assertThat(b.get("programVersion").isNull()).isTrue();
        assertThat(b.get("halfInstalled").asBoolean()).isTrue();
    }

    @Test
    void anInstanceWithoutItsServiceSaysSo() {
        instance("X", "MSSQL16.X", "C:\\X", "16.0.1000.6");
        JsonNode a = bench.answer("instances", Map.of()).get("instances").get(0);
        assertThat(a.get("serviceState").asText()).isEqualTo("Missing");
    }

    @Test
    void aRegistryThatMayNotBeReadIsAFailureWithItsPlace() {
        instance("X", "MSSQL16.X", "C:\\X", "16.0.1000.6");
        host.faults().deniedKey(SQL, true);
        Hosts.Result r = bench.ask("instances", Map.of());
        assertThat(r.code()).isEqualTo(1);
        assertThat(Hosts.answer(r).get("failed").asText()).isEqualTo("Requested registry access is not allowed.");
        assertThat(Hosts.answer(r).get("at").asText()).isEqualTo("7");
    }

    @Test
    void brokenWmiIsAFailureWithItsPlace() {
        host.faults().wmiBroken(true);
        Hosts.Result r = bench.ask("host", Map.of());
        assertThat(r.code()).isEqualTo(1);
        assertThat(Hosts.answer(r).get("failed").asText()).contains("Invalid class");
        assertThat(Hosts.answer(r).get("at").asText()).isEqualTo("2");
    }

    @Test
    void aPackageIsMeasuredAndItsSignerNamed() {
        host.files()
                .put(
                        "D:\\p\\SQLServer2022-KB5080999-x64.exe",
                        HostFile.declared(734_003_200L, Hosts.HASH)
                                .version("16.0.4245.2")
                                .signed(
                                        HostFile.Signature.Status.VALID,
                                        "CN=Microsoft Corporation, O=Microsoft Corporation"));
        JsonNode a = bench.answer("package", Map.of("path", "D:\\p\\SQLServer2022-KB5080999-x64.exe"));
        assertThat(a.get("there").asBoolean()).isTrue();
        assertThat(a.get("bytes").asLong()).isEqualTo(734_003_200L);
        assertThat(a.get("sha256").asText()).isEqualTo(Hosts.HASH);
        assertThat(a.get("signature").asText()).isEqualTo("Valid");
        assertThat(a.get("signer").asText()).startsWith("CN=Microsoft");
        assertThat(a.get("productVersion").asText()).isEqualTo("16.0.4245.2");
        assertThat(bench.answer("package", Map.of("path", "D:\\no.exe"))
                        .get("there")
                        .asBoolean())
                .isFalse();
        assertThat(bench.answer("package", Map.of("path", "D:\\p")).get("there").asBoolean())
                .isFalse();
    }

    @Test
    void anUnsignedPackageHasNoSigner() {
        host.files().put("D:\\a.exe", HostFile.text("abc"));
        JsonNode a = bench.answer("package", Map.of("path", "D:\\a.exe"));
        assertThat(a.get("signature").asText()).isEqualTo("NotSigned");
        assertThat(a.get("signer").asText()).isEmpty();
        assertThat(a.get("sha256").asText())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void missingPackagesOfTheInstallerAreFound() {
        host.registry()
                .set(INSTALLER + "\\Products\\P1\\InstallProperties", "DisplayName", "SQL Server 2022 Database Engine");
        host.registry()
                .set(INSTALLER + "\\Products\\P1\\InstallProperties", "LocalPackage", "C:\\Windows\\Installer\\1.msi");
        host.registry().set(INSTALLER + "\\Products\\P1\\Patches\\A", "DisplayName", "KB1");
        host.registry().set(INSTALLER + "\\Patches\\A", "LocalPackage", "C:\\Windows\\Installer\\2.msp");
        host.registry().set(INSTALLER + "\\Products\\P2\\InstallProperties", "DisplayName", "Something else");
        host.files().put("C:\\Windows\\Installer\\1.msi", HostFile.declared(1000, Hosts.HASH));
        JsonNode a = bench.answer("installer-cache", Map.of());
        assertThat(a.get("products").asInt()).isEqualTo(1);
        assertThat(a.get("missing")).hasSize(1);
        assertThat(a.get("missing").get(0).get("of").asText()).isEqualTo("SQL Server 2022 Database Engine, KB1");
        host.files()
                .put("C:\\Windows\\Installer\\2.msp", HostFile.declared(1000, Hosts.HASH))
                .remove("C:\\Windows\\Installer\\1.msi");
        JsonNode b = bench.answer("installer-cache", Map.of());
        assertThat(b.get("missing").get(0).get("package").asText()).isEqualTo("C:\\Windows\\Installer\\1.msi");
    }

    @Test
    void installersThatRunAreListedButNotTheIdleOne() {
        host.processes().start("C:\\Windows\\System32\\msiexec.exe", "/V", Programs.hanging());
        host.processes().start("D:\\x\\setup.exe", "/quiet /Action=Patch", Programs.hanging());
        host.processes().start("D:\\SQLServer2022-KB5080999-x64.exe", "/x:D:\\x /quiet", Programs.hanging());
        host.processes().start("C:\\Windows\\notepad.exe", "", Programs.hanging());
        JsonNode running = bench.answer("running-setup", Map.of()).get("running");
        assertThat(running).hasSize(2);
        assertThat(running.get(0).get("name").asText()).isEqualTo("setup.exe");
        assertThat(running.get(0).get("commandLine").asText()).isEqualTo("D:\\x\\setup.exe /quiet /Action=Patch");
        assertThat(running.get(0).get("startedAt").asText()).isEqualTo("2024-05-07T12:00:00.0000000Z");
        host.processes().start("C:\\Windows\\System32\\msiexec.exe", "/i x.msi", Programs.hanging());
        assertThat(bench.answer("running-setup", Map.of()).get("running")).hasSize(3);
    }

    @Test
    void aServiceIsStoppedAndStartedWithoutWaiting() {
        HostService sql =
                host.services().add("MSSQL$A").running().takes(Duration.ofSeconds(30), Duration.ofSeconds(10));
        host.services().add("SQLAgent$A").running().needs("MSSQL$A");
        Map<String, String> stop = Map.of("service", "MSSQL$A", "wanted", "Stopped");
        Map<String, String> start = Map.of("service", "MSSQL$A", "wanted", "Running");
        assertThat(bench.answer("service", stop).get("state").asText()).isEqualTo("StopPending");
        assertThat(bench.answer("service", stop).get("state").asText()).isEqualTo("StopPending");
        bench.clock.advance(Duration.ofSeconds(10));
        assertThat(sql.state()).isEqualTo(HostService.State.STOPPED);
        assertThat(host.services().find("SQLAgent$A").state()).isEqualTo(HostService.State.STOPPED);
        assertThat(bench.answer("service", start).get("state").asText()).isEqualTo("StartPending");
        bench.clock.advance(Duration.ofSeconds(30));
        assertThat(bench.answer("service", start).get("state").asText()).isEqualTo("Running");
    }

    @Test
    void aServiceThatDoesNotComeUpIsSeenAsWhatItIs() {
        host.services().add("A");
        host.services().add("B");
        host.faults().doesNotStart("A", true).hangsInStart("B", true);
        assertThat(bench.answer("service", Map.of("service", "A", "wanted", "Running"))
                        .get("state")
                        .asText())
                .isEqualTo("Stopped");
        bench.answer("service", Map.of("service", "B", "wanted", "Running"));
        bench.clock.advance(Duration.ofHours(1));
        assertThat(bench.answer("service", Map.of("service", "B", "wanted", "Running"))
                        .get("state")
                        .asText())
                .isEqualTo("StartPending");
        assertThat(bench.answer("service", Map.of("service", "C", "wanted", "Running"))
                        .get("failed")
                        .asText())
                .isEqualTo("Cannot find any service with service name 'C'.");
    }

    @Test
    void theNewestSummaryCountsAndOnlyOneOfOurRun() {
        String log = "C:\\Program Files\\Microsoft SQL Server\\160\\Setup Bootstrap\\Log\\";
        Map<String, String> request = Map.of("folder", "160", "startedAt", "2024-05-07T12:00:00.0000000Z");
        assertThat(bench.answer("summary", request).get("there").asBoolean()).isFalse();
        host.files().put(log + "Summary.txt", HostFile.text("old"), Instant.parse("2024-05-07T11:59:59Z"));
        assertThat(bench.answer("summary", request).get("there").asBoolean()).isFalse();
        // Of a setup that began before ours and ended after it began.
        host.files()
                .put(
                        log + "20240507_115959\\Summary_SQL01_2.txt",
                        HostFile.text("other\r\n  Start time:   2024-05-07 07:59:58\r\n"),
                        Instant.parse("2024-05-07T12:07:00Z"));
        host.files().put(log + "Summary.txt", HostFile.text("without"), Instant.parse("2024-05-07T12:08:00Z"));
        assertThat(bench.answer("summary", request).get("there").asBoolean()).isFalse();
        String began = "\r\n  Start time:                    2024-05-07 08:00:00\r\n";
        host.files()
                .put(
                        log + "20240507_120500\\Summary_SQL01_1.txt",
                        HostFile.text("new" + began),
                        Instant.parse("2024-05-07T12:05:00Z"));
        host.files()
                .put(
                        log + "20240507_120400\\Summary_SQL01_0.txt",
                        HostFile.text("x" + began),
                        Instant.parse("2024-05-07T12:04:00Z"));
        host.files()
                .put(log + "20240507_120500\\Detail.txt", HostFile.text("x"), Instant.parse("2024-05-07T12:06:00Z"));
        JsonNode a = bench.answer("summary", request);
        assertThat(a.get("text").asText()).startsWith("new");
        assertThat(a.get("path").asText()).endsWith("Summary_SQL01_1.txt");
        assertThat(a.get("writtenAt").asText()).isEqualTo("2024-05-07T12:05:00.0000000Z");
    }

    @Test
    void theFirstOneMarksAHostAndTheOthersAreToldWhoThatIs() {
        String mark = "C:\\ProgramData\\gds\\claim";
        assertThat(bench.answer("claim", Map.of("path", mark, "holder", "run1"))
                        .get("holder")
                        .asText())
                .isEqualTo("run1");
        assertThat(bench.answer("claim", Map.of("path", mark, "holder", "run2"))
                        .get("holder")
                        .asText())
                .isEqualTo("run1");
        // Between the look and the move another one may be quicker.
        host.files().remove(mark);
        host.events().once(HostEvent.Kind.FILE_WRITTEN, "claim.run2", () -> host.files()
                .put(mark, HostFile.text("run3")));
        assertThat(bench.answer("claim", Map.of("path", mark, "holder", "run2"))
                        .get("holder")
                        .asText())
                .isEqualTo("run3");
        assertThat(host.files().exists(mark + ".run2")).isFalse();
    }

    @Test
    void aFullDiskLeavesNoEmptyMark() {
        String mark = "C:\\ProgramData\\gds\\claim";
        host.faults().full("C:", true);
        assertThat(bench.answer("claim", Map.of("path", mark, "holder", "run1"))
                        .get("failed")
                        .asText())
                .contains("There is not enough space on the disk.");
        host.faults().full("C:", false);
        assertThat(host.files().exists(mark)).isFalse();
        assertThat(host.files().exists(mark + ".run1")).isFalse();
        assertThat(bench.answer("claim", Map.of("path", mark, "holder", "run2"))
                        .get("holder")
                        .asText())
                .isEqualTo("run2");
    }

    @Test
    void aRestartHappensOnceForOneLook() {
        String booted = bench.answer("host", Map.of()).get("bootedAt").asText();
        host.restartTakes(Duration.ofMinutes(3));
        Map<String, String> request = Map.of("bootedAt", booted, "reason", "a patch of \u00e4 kind");
        assertThat(bench.answer("restart", request).get("restarting").asBoolean())
                .isTrue();
        assertThat(bench.answer("restart", request).get("restarting").asBoolean())
                .as("1190 is no failure")
                .isTrue();
        bench.clock.advance(Duration.ofSeconds(5));
        assertThat(host.isReachable()).isFalse();
        bench.clock.advance(Duration.ofMinutes(3));
        assertThat(host.isReachable()).isTrue();
        JsonNode again = bench.answer("restart", request);
        assertThat(again.get("restarting").asBoolean()).isFalse();
        assertThat(again.get("bootedAt").asText()).isEqualTo("2024-05-07T12:03:05.0000000Z");
        assertThat(host.events().count(HostEvent.Kind.RESTARTED, "SQL01")).isEqualTo(1);
    }

    @Test
    void aScriptThatIsNotThereIsAFailure() {
        Hosts.Result r = bench.ask("nope", Map.of());
        assertThat(r.code()).isEqualTo(1);
        assertThat(Hosts.answer(r).get("failed").asText())
                .startsWith("The term '" + Hosts.SCRIPTS + "nope.ps1' is not");
    }

    @Test
    void aRequestThatLacksSomethingIsAFailure() {
        JsonNode a = bench.answer("service", Map.of());
        assertThat(a.get("failed").asText())
                .isEqualTo("The property 'service' cannot be found on this object. Verify that the property exists.");
        assertThat(a.get("at").asText()).isEqualTo("2");
    }
}
