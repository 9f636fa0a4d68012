package io.gds.engine.mssql.clone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.mssql.ReplicaViews;
import io.gds.engine.mssql.CloneTestRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a sandbox apart from production is looked at before anything is done. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloneTestRefusedTest {
    private static final String LEFT = "gds_clone_20260101-000000-0badcafe_shop";

    @TempDir
    private Path directory;

    private RollingPatcher patcher() {
        return RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")));
    }

    /** The plan says it, nobody can execute it, and nothing was touched. */
    private void isRefused(CloneBed bed, String spec, CloneTestRequest request, String id, String... says)
            throws SQLException {
        try (DatabaseEngine engine = Engines.open(spec, "the test");
                RollingPatcher patcher = patcher()) {
            Plan plan = patcher.plan(engine, request);
            assertThat(plan.findings())
                    .filteredOn(f -> f.severity() == Finding.Severity.BLOCK)
                    .singleElement()
                    .satisfies(f -> assertThat(f.toString()).contains(id).contains(says));
            assertThatThrownBy(() -> patcher.execute(plan, RunListener.none())).hasMessageContaining(id);
            assertThat(patcher.runs().list()).isEmpty();
        }
        assertThat(bed.share.paths()).isEmpty();
        assertThat(bed.sandbox.update.started()).isZero();
    }

    private void isRefused(CloneBed bed, String id, String... says) throws SQLException {
        isRefused(bed, bed.spec(), CloneTestRequest.of(bed.mapping), id, says);
        bed.isClean();
    }

    private CloneBed of(String host, String version) throws IOException {
        return new CloneBed(Files.createTempDirectory(directory, "bed"), host, version);
    }

    @Test
    void aSandboxOnTheServerOfATarget() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            String spec = bed.spec(bed.sandbox()
                    .replace(bed.sandbox.address, bed.production.address)
                    .replace("user:", "instance: BOX, user:"));
            isRefused(
                    bed,
                    spec,
                    CloneTestRequest.of(bed.mapping),
                    "MSSQL-SANDBOX-IS-TARGET",
                    "on the server of target " + bed.production.address);
            bed.isClean();
        }
    }

    /** A host has as many names as somebody gave it. */
    @Test
    void aSandboxThatIsATargetUnderAnotherName() throws Exception {
        try (CloneBed bed = of("SQL01", CloneServer.OLD)) {
            isRefused(bed, "MSSQL-SANDBOX-IS-TARGET", "calls itself SQL01");
        }
    }

    @Test
    void aSandboxWithAReplica() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            bed.sandbox
                    .instance
                    .hadrEnabled(true)
                    .catalogue()
                    .replicas()
                    .add(new ReplicaViews.Replica("ag9", "BOX01", "SYNCHRONOUS_COMMIT", "SECONDARY", "HEALTHY", null));
            isRefused(bed, "MSSQL-SANDBOX-IN-GROUP", "ag9");
        }
    }

    @Test
    void aSandboxOfAnotherVersion() throws Exception {
        try (CloneBed bed = of("BOX01", "15.0.4385.2")) {
            isRefused(bed, "MSSQL-SANDBOX-VERSION", "15.0.4385.2", CloneServer.OLD);
        }
    }

    @Test
    void aSandboxOfABuildThatTheUpdateIsNotFor() throws Exception {
        try (CloneBed above = of("BOX01", "16.0.4185.3");
                CloneBed below = of("BOX01", "16.0.1000.6")) {
            isRefused(above, "MSSQL-SANDBOX-BUILD", "16.0.4185.3", "above the target");
            isRefused(below, "MSSQL-SANDBOX-BUILD", "16.0.1000.6", "16.0.4085");
        }
    }

    @Test
    void aSandboxWithoutRoom() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            bed.sandbox.instance.catalogue().disk().free("D:\\", 1 << 20);
            isRefused(bed, "MSSQL-SANDBOX-ROOM", "free on d:\\");
        }
    }

    @Test
    void aLoginWithoutTheRole() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            bed.sandbox.instance.catalogue().withoutRole("gds", "sysadmin");
            isRefused(bed, "MSSQL-SANDBOX-RIGHTS", "login gds is no sysadmin");
        }
    }

    @Test
    void aTargetThatDoesNotAnswerCannotBeToldFromTheSandbox() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            String spec = bed.spec()
                    .replace(
                            "encryption:",
                            "  - {server: 127.8.251.9, port: 9, user: gds, secret: \"env:X\","
                                    + " environment: test}\nconnectTimeout: PT2S\nencryption:");
            try (DatabaseEngine engine = Engines.open(spec.replace("env:X", "file:" + bed.password), "the test");
                    RollingPatcher patcher = patcher()) {
                assertThatThrownBy(() -> patcher.plan(engine, CloneTestRequest.withoutSetup()))
                        .hasMessageContaining("MSSQL-NO-SOURCE");
                assertThat(patcher.plan(engine, CloneTestRequest.withoutSetup().source(bed.production.address))
                                .findings())
                        .singleElement()
                        .satisfies(f -> assertThat(f.toString())
                                .contains("BLOCK MSSQL-SANDBOX-UNSURE", "127.8.251.9", "MSSQL-UNREACHABLE"));
            }
            bed.isClean();
        }
    }

    @Test
    void copiesOfAnotherTestAreLeftAlone() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            bed.sandbox.instance.database(LEFT, "ONLINE");
            isRefused(bed, bed.spec(), CloneTestRequest.of(bed.mapping), "MSSQL-SANDBOX-IN-USE", LEFT);
            assertThat(bed.sandbox.instance.catalogue().settings(LEFT)).startsWith("MULTI_USER");
        }
    }

    /** Between plan and run anything may have happened. */
    @Test
    void isolationIsLookedAtOnceMoreRightBeforeTheFirstBackup() throws Exception {
        try (CloneBed bed = new CloneBed(directory);
                DatabaseEngine engine = Engines.open(bed.spec(), "the test");
                RollingPatcher patcher = patcher()) {
            Plan plan = patcher.plan(engine, CloneTestRequest.of(bed.mapping));
            bed.sandbox.instance.database(LEFT, "ONLINE");
            RunOutcome outcome = patcher.execute(plan, RunListener.none());
            assertThat(outcome).isInstanceOf(RunOutcome.Failed.class);
            assertThat(outcome.summary()).contains("MSSQL-SANDBOX-IN-USE", LEFT);
            assertThat(patcher.runs().find(outcome.run()).orElseThrow().events().toString())
                    .doesNotContain("clone-backup-1");
            assertThat(bed.sandbox.instance.catalogue().settings(LEFT)).startsWith("MULTI_USER");
            assertThat(bed.share.paths()).isEmpty();
        }
    }

    @Test
    void databasesThatCannotBeCopied() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            CloneTestRequest all = CloneTestRequest.withoutSetup();
            isRefused(
                    bed,
                    bed.spec(),
                    all.databases("shop", "gone"),
                    "MSSQL-CLONE-DATABASE",
                    "gone: found there is none");
            isRefused(
                    bed, bed.spec(), all.databases("shop", "MSDB"), "MSSQL-CLONE-DATABASE", "msdb", "the server's own");
            isRefused(
                    bed,
                    bed.spec(),
                    all.smokeQuery("q", "SELECT 1 AS one"),
                    "MSSQL-SMOKE-QUERY",
                    "no database is named");
            isRefused(
                    bed,
                    bed.spec(),
                    all.smokeQuery("q", "hr", "SELECT 1 AS one"),
                    "MSSQL-SMOKE-QUERY",
                    "hr is not copied");
            bed.production.instance.database("old", "RECOVERY_PENDING");
            isRefused(bed, bed.spec(), all.databases("shop", "old"), "MSSQL-CLONE-DATABASE", "RECOVERY_PENDING");
            try (DatabaseEngine engine = Engines.open(bed.spec(), "the test");
                    RollingPatcher patcher = patcher()) {
                assertThat(patcher.plan(engine, all).findings()).singleElement().satisfies(f -> assertThat(f.toString())
                        .contains("WARN MSSQL-CLONE-LEFT-OUT", "old"));
            }
        }
    }

    @Test
    void specsThatLackSomething() throws Exception {
        try (CloneBed bed = new CloneBed(directory);
                RollingPatcher patcher = patcher()) {
            try (DatabaseEngine engine = Engines.open(bed.spec(""), "the test")) {
                assertThatThrownBy(() -> patcher.plan(engine, CloneTestRequest.of(bed.mapping)))
                        .hasMessageContaining("MSSQL-NO-SANDBOX");
            }
            try (DatabaseEngine engine = Engines.open(bed.spec(), "the test")) {
                assertThatThrownBy(() -> patcher.plan(engine, CloneTestRequest.bySpec()))
                        .hasMessageContaining("MSSQL-NO-MAPPING");
            }
            String wrong =
                    bed.spec("sandbox: {server: box, port: 0, user: gds, environment: test, folder: 'D:\\clones'}\n");
            assertThatThrownBy(() -> Engines.open(wrong, "the test"))
                    .hasMessageContaining("sandbox.port")
                    .hasMessageContaining("sandbox.secret")
                    .hasMessageContaining("sandbox.environment")
                    .hasMessageContaining("sandbox.folder")
                    .hasMessageContaining("a drive is another one on every host");
        }
    }
}
