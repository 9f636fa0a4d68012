package io.gds.engine.mssql.clone;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.gate.Approval;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.mssql.ServerDisk;
import io.gds.database.testkit.mssql.ServerSessions;
import io.gds.database.testkit.mssql.SetupBehaviour;
import io.gds.engine.mssql.CloneTestHandle;
import io.gds.engine.mssql.CloneTestRequest;
import io.gds.engine.mssql.HotfixRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From plan to end, by the real clients over the real protocols. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloneTestRunTest {
    @TempDir
    private Path directory;

    private static CloneTestRequest request(CloneBed bed) {
        return CloneTestRequest.of(bed.mapping)
                .smokeQuery("orders are there", "shop", "SELECT COUNT(*) FROM dbo.orders HAVING COUNT(*) = 3")
                .smokeQuery("people are there", "crm", "SELECT id FROM dbo.people");
    }

    /** What a run came to, and all that its journal says. */
    private record Told(RunOutcome outcome, List<RunEvent> events) {
        String story() {
            return events.toString();
        }
    }

    private Told run(CloneBed bed, CloneTestRequest request, RunListener listener) throws Exception {
        try (DatabaseEngine engine = Engines.open(bed.spec(), "the test");
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            Plan plan = patcher.plan(engine, request);
            RunOutcome outcome = patcher.execute(plan, listener);
            return new Told(
                    outcome, patcher.runs().find(outcome.run()).orElseThrow().events());
        }
    }

    private static Told failed(CloneBed bed, Told told, String... says) throws Exception {
        assertThat(told.outcome()).isInstanceOf(RunOutcome.Failed.class);
        assertThat(told.outcome().summary()).contains(says);
        bed.isClean();
        return told;
    }

    @Test
    void copiesAreUpdatedCheckedAskedAndDropped() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            StringBuilder seen = new StringBuilder();
            RunListener watching = e -> {
                if (e.type() == RunEvent.Type.STEP_VERIFIED
                        && e.step().orElse("").equals("clone-restore-1")) {
                    String copy = "gds_clone_" + e.run() + "_crm";
                    seen.append(bed.sandbox.instance.catalogue().settings(copy))
                            .append(bed.sandbox.instance.catalogue().files(copy));
                }
            };
            Told told = run(bed, request(bed), watching);
            assertThat(told.outcome()).isInstanceOf(RunOutcome.Succeeded.class);
            String stem = "D:\\Data\\gds_clone_" + told.outcome().run() + "_1_";
            assertThat(seen).hasToString("RESTRICTED_USER[" + stem + "1.mdf, " + stem + "2.ldf]");
            assertThat(bed.sandbox.instance.version()).isEqualTo(CloneServer.NEW);
            assertThat(bed.sandbox.update.started()).isEqualTo(1);
            assertThat(bed.sandbox.instance.refused()).isEmpty();
            assertThat(told.story()).doesNotContain(CloneServer.PASSWORD);
            bed.isClean();
        }
    }

    @Test
    void thePlanSaysWhatWouldHappen() throws Exception {
        try (CloneBed bed = new CloneBed(directory);
                DatabaseEngine engine = Engines.open(bed.spec(), "the test");
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            Plan plan = patcher.plan(engine, request(bed));
            assertThat(plan.findings()).isEmpty();
            String box = bed.sandbox.address;
            assertThat(plan.steps())
                    .extracting(s -> s.title())
                    .containsExactly(
                            "look that " + box + " is apart from production",
                            "back up crm on " + bed.production.address,
                            "restore crm on " + box,
                            "back up shop on " + bed.production.address,
                            "restore shop on " + box,
                            "mark " + box + " as worked on, when nothing speaks against it",
                            "install SQLServer2022-KB5048038-x64.exe on " + box,
                            "look at the build, the databases and the log of " + box,
                            "take our jobs and our mark from " + box,
                            "check the copy of crm",
                            "check the copy of shop",
                            "ask the copy of shop: orders are there",
                            "ask the copy of crm: people are there",
                            "drop the copies and remove the backups");
            assertThat(patcher.runs().servers()).isEmpty();
        }
    }

    @Test
    void theHandleLeadsToTheCopiesUntilSomebodyHasSeenThem() throws Exception {
        try (CloneBed bed = new CloneBed(directory);
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            RunOutcome waits;
            try (DatabaseEngine engine = Engines.open(bed.spec(), "the test")) {
                waits = patcher.execute(
                        patcher.plan(
                                engine, request(bed).databases("crm", "shop").waitBeforeDrop()),
                        RunListener.none());
            }
            assertThat(waits).isInstanceOf(RunOutcome.Waiting.class);
            var view = patcher.runs().find(waits.run()).orElseThrow();
            CloneTestHandle handle = CloneTestHandle.of(view.events()).orElseThrow();
            assertThat(handle.databases()).containsOnlyKeys("crm", "shop");
            assertThat(handle.toString()).doesNotContain(CloneServer.PASSWORD, "password");
            try (Connection copy = bed.connect(handle.databases().get("shop"))) {
                assertThat(copy.getCatalog()).isEqualTo("gds_clone_" + waits.run() + "_shop");
                assertThat(CloneBed.ask(copy, "SELECT COUNT(*) FROM dbo.orders"))
                        .containsExactly("3");
            }
            try (Connection server = bed.connect(handle.connectionString())) {
                assertThat(CloneBed.ask(server, "SELECT name FROM sys.databases WHERE database_id > 4"))
                        .hasSize(2);
                // It stays open: whoever is connected when the copies go is put out.
                view.approve("clones-seen", Approval.by("kim").because("looks good"));
                assertThat(patcher.resume(waits.run(), RunListener.none())).isInstanceOf(RunOutcome.Succeeded.class);
            }
            bed.isClean();
        }
    }

    @Test
    void aQueryWithoutARowFailsTheTest() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            Told told = run(
                    bed,
                    CloneTestRequest.of(bed.mapping)
                            .databases("shop")
                            .smokeQuery("large orders", "SELECT id FROM dbo.orders WHERE id > 100"),
                    RunListener.none());
            failed(bed, told, "MSSQL-SMOKE-QUERY", "large orders", "no row");
        }
    }

    @Test
    void aQueryThatTheServerRefusesFailsTheTest() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            Told told = run(
                    bed,
                    CloneTestRequest.of(bed.mapping).databases("shop").smokeQuery("lost", "SELECT id FROM dbo.lost"),
                    RunListener.none());
            failed(bed, told, "MSSQL-SMOKE-QUERY", "error 208");
        }
    }

    @Test
    void aQueryCannotWrite() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            Told told = run(
                    bed,
                    CloneTestRequest.withoutSetup()
                            .databases("shop")
                            .smokeQuery("writes", "INSERT INTO dbo.orders (id) VALUES (4)"),
                    RunListener.none());
            failed(bed, told, "error 3906", "read-only");
        }
    }

    @Test
    void whatCheckdbFindsFailsTheTest() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            bed.production.instance.catalogue().damage("shop", "page (1:153) is torn");
            Told told = run(bed, request(bed), RunListener.none());
            failed(bed, told, "MSSQL-CHECKDB", "the copy of shop", "8928", "page (1:153)");
            assertThat(bed.sandbox.instance.refused()).isEmpty();
        }
    }

    @Test
    void setupThatFailsOnTheSandboxFailsTheTest() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            bed.sandbox.update.first(SetupBehaviour.failing(1603, "Fatal error during installation.")
                    .in(Duration.ofMillis(200)));
            Told told = run(bed, request(bed), RunListener.none());
            failed(bed, told, "MSSQL-SETUP-FAILED", "1603");
            assertThat(bed.sandbox.instance.version()).isEqualTo(CloneServer.OLD);
            assertThat(bed.sandbox.update.started()).isEqualTo(1);
        }
    }

    @Test
    void whatWasInstalledIsTakenOffAgainWhereThatIsAsked() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            bed.sandbox.update.next(SetupBehaviour.good().in(Duration.ofMillis(200)));
            HotfixRequest hotfixes = HotfixRequest.of(bed.mapping).removeOnFailure();
            Told told = run(
                    bed,
                    CloneTestRequest.of(hotfixes)
                            .databases("shop")
                            .smokeQuery("none", "SELECT id FROM dbo.orders WHERE id = 9"),
                    RunListener.none());
            assertThat(told.outcome()).isInstanceOf(RunOutcome.RolledBack.class);
            assertThat(told.outcome().summary()).contains("MSSQL-SMOKE-QUERY");
            assertThat(bed.sandbox.instance.version()).isEqualTo(CloneServer.OLD);
            assertThat(bed.sandbox.update.started()).isEqualTo(2);
            bed.isClean();
        }
    }

    @Test
    void theWayBackOfATestThatWentWellTakesThePackagesOff() throws Exception {
        try (CloneBed bed = new CloneBed(directory);
                DatabaseEngine engine = Engines.open(bed.spec(), "the test");
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            bed.sandbox.update.next(SetupBehaviour.good().in(Duration.ofMillis(200)));
            RunOutcome there = patcher.execute(patcher.plan(engine, request(bed)), RunListener.none());
            assertThat(there).isInstanceOf(RunOutcome.Succeeded.class);
            RunOutcome back =
                    patcher.rollback(there.run(), Approval.by("kim").because("of the test"), RunListener.none());
            assertThat(back).isInstanceOf(RunOutcome.RolledBack.class);
            assertThat(bed.sandbox.instance.version()).isEqualTo(CloneServer.OLD);
            bed.isClean();
        }
    }

    @Test
    void aSandboxAtTheTargetGetsNothingAndThatIsSaid() throws Exception {
        try (CloneBed bed = new CloneBed(directory, "BOX01", CloneServer.NEW);
                DatabaseEngine engine = Engines.open(bed.spec(), "the test");
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            Plan plan = patcher.plan(engine, request(bed));
            assertThat(plan.findings()).singleElement().satisfies(f -> assertThat(f.toString())
                    .contains("WARN MSSQL-SANDBOX-UP-TO-DATE", "nothing is installed"));
            assertThat(patcher.execute(plan, RunListener.none())).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(bed.sandbox.update.started()).isZero();
            bed.isClean();
        }
    }

    @Test
    void aFolderThatOnlyProductionCanUseIsSaid() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            bed.sandbox.instance.catalogue().disk().mount(CloneBed.FOLDER, ServerDisk.ofFileServer());
            Told told = run(bed, request(bed), RunListener.none());
            assertThat(told.outcome()).isInstanceOf(RunOutcome.Failed.class);
            assertThat(told.outcome().summary()).contains("MSSQL-CLONE-FOLDER", "3201");
        }
    }

    /** The server may not have noticed yet that a program is gone which had it restore something. */
    @Test
    void whatGoesOnStillIsWaitedForBeforeTheCopiesAreDropped() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            List<String> waits = new CopyOnWriteArrayList<>();
            RunListener watching = e -> {
                String step = e.step().orElse("");
                if (e.type() == RunEvent.Type.STEP_VERIFIED && step.equals("clone-check-2")) {
                    bed.sandbox
                            .instance
                            .catalogue()
                            .sessions()
                            .add(new ServerSessions.Session(
                                    900,
                                    "gds",
                                    "master",
                                    LocalDateTime.now(ZoneOffset.UTC),
                                    "gds-database",
                                    "gone",
                                    "RESTORE DATABASE [x] FROM DISK = N'y'"));
                } else if (e.type() == RunEvent.Type.WAITING && step.equals("clone-close")) {
                    waits.add(e.data().toString());
                    bed.onSandbox("KILL 900");
                }
            };
            Told told = run(bed, request(bed), watching);
            assertThat(told.outcome()).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(waits).first().asString().contains("RESTORE DATABASE in session 900 goes on");
            bed.isClean();
        }
    }

    /** What a backup leaves that broke off has no header, and is not what the server removes as a backup. */
    @Test
    void halfABackupIsRemovedToo() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            RunListener tearing = e -> {
                if (e.type() == RunEvent.Type.STEP_VERIFIED
                        && e.step().orElse("").equals("clone-restore-2")) {
                    bed.share.tear(bed.share.paths().get(0));
                }
            };
            Told told = run(bed, request(bed), tearing);
            assertThat(told.outcome()).isInstanceOf(RunOutcome.Succeeded.class);
            bed.isClean();
        }
    }
}
