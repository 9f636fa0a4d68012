package io.gds.engine.mssql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.mssql.SetupBehaviour;
import io.gds.database.testkit.windows.FileSystem.Share;
import io.gds.database.testkit.windows.HostEvent;
import io.gds.database.testkit.windows.HostFile;
import io.gds.engine.mssql.HotfixRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packages on a file server, which no remote session can read: the second hop. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileServerTest {
    private static final String SHARE = "\\\\FILES\\sql";
    private static final String PACKAGE = "hotfixes\\2022\\SQLServer2022-KB5048038-x64.exe";
    private static final String CACHE = "C:\\ProgramData\\gds\\packages";

    @TempDir
    private Path directory;

    /** The package lies on the share and nowhere else. */
    private OneServer served(Share lets) throws Exception {
        OneServer server = new OneServer(directory, SetupBehaviour.good().in(Duration.ofMillis(300)));
        HostFile update = server.host.files().file("D:\\packages\\" + PACKAGE);
        server.host.files().remove("D:\\packages").share(SHARE, lets).put(SHARE + "\\" + PACKAGE, update);
        return server;
    }

    private DatabaseEngine fleet(OneServer server) {
        return Engines.open(server.spec("test").replace("D:\\packages", SHARE), "the test");
    }

    private static HotfixRequest request() {
        return HotfixRequest.of("the test", OneServer.MAPPING);
    }

    private static long copies(OneServer server) {
        return server.host.events().all().stream()
                .filter(e ->
                        e.kind() == HostEvent.Kind.FILE_MOVED && e.subject().startsWith(CACHE))
                .count();
    }

    @Test
    void theHostFetchesThemByItselfOnceAndSetupRunsFromTheCopy() throws Exception {
        try (OneServer server = served(Share.COMPUTERS);
                DatabaseEngine fleet = fleet(server);
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            patcher.plan(fleet, request());
            Plan plan = patcher.plan(fleet, request());
            assertThat(copies(server)).isEqualTo(1);
            assertThat(plan.findings()).isEmpty();
            RunOutcome outcome = patcher.execute(plan, RunListener.printing(System.err));
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(server.instance.version()).isEqualTo(OneServer.NEW);
            assertThat(copies(server)).isEqualTo(1);
            assertThat(server.host.files().list(CACHE, true)).anyMatch(p -> p.endsWith("KB5048038-x64.exe"));
            assertThat(server.host.files().list("C:\\ProgramData\\gds\\jobs", true))
                    .isEmpty();
            assertThat(server.host.tasks().all()).isEmpty();
            assertThat(server.host.unsupported()).isEmpty();
        }
    }

    @Test
    void aPackageThatWasReplacedIsFetchedAgain() throws Exception {
        try (OneServer server = served(Share.COMPUTERS);
                DatabaseEngine fleet = fleet(server);
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            Plan before = patcher.plan(fleet, request());
            server.host
                    .files()
                    .put(
                            SHARE + "\\" + PACKAGE,
                            HostFile.text("another").signed(HostFile.Signature.Status.VALID, "O=Nobody"));
            Plan after = patcher.plan(fleet, request());
            assertThat(copies(server)).isEqualTo(2);
            assertThat(before.findings()).isEmpty();
            assertThat(after.findings().toString()).contains("BLOCK MSSQL-PACKAGE-SIGNATURE", "by O=Nobody");
            // What the first plan had looked at is gone, and its setup is not started.
            assertThat(patcher.execute(before, RunListener.printing(System.err)))
                    .isInstanceOf(RunOutcome.Partial.class);
            assertThat(server.update.started()).isZero();
        }
    }

    @Test
    void aShareThatComputersMayNotReadIsToldBeforeTheRun() throws Exception {
        try (OneServer server = served(Share.PEOPLE);
                DatabaseEngine fleet = fleet(server);
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            assertThatThrownBy(() -> patcher.plan(fleet, request()))
                    .isInstanceOf(GdsDatabaseException.class)
                    .hasMessageContaining("127.0.0.1: " + SHARE + "\\" + PACKAGE + ": Access to the path")
                    .hasMessageContaining("is denied")
                    .hasMessageContaining("read by the accounts of the hosts' computers");
            assertThat(server.host.tasks().all()).isEmpty();
            assertThat(server.host.files().list(CACHE, true)).isEmpty();
        }
    }

    @Test
    void aFullDiskIsToldAndLeavesNoHalfPackage() throws Exception {
        try (OneServer server = served(Share.COMPUTERS);
                DatabaseEngine fleet = fleet(server);
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            patcher.plan(fleet, request());
            server.host.files().remove(CACHE);
            server.host.faults().full("C:", true);
            assertThatThrownBy(() -> patcher.plan(fleet, request())).isInstanceOf(GdsDatabaseException.class);
            assertThat(server.host.files().list(CACHE, true)).noneMatch(p -> p.endsWith(".exe"));
        }
    }
}
