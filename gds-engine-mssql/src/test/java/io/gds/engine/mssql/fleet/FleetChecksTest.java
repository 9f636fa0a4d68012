package io.gds.engine.mssql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.RunOptions;
import io.gds.database.gate.Approval;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.mssql.BackupHistory.Backup;
import io.gds.database.testkit.mssql.SetupBehaviour;
import io.gds.engine.mssql.BuildPolicy;
import io.gds.engine.mssql.HotfixRequest;
import io.gds.engine.mssql.PolicyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups, checks and the policy of builds in the plan of a fleet, and what they do to its run. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FleetChecksTest {
    private static final String ASKED = "backup: {maxAge: P1D, checkDbMaxAge: P7D}\n";
    private static final Clock SEPTEMBER = Clock.fixed(Instant.parse("2026-09-20T12:00:00Z"), ZoneOffset.UTC);
    private static final SetupBehaviour QUICK = SetupBehaviour.good().in(Duration.ofMillis(300));

    @TempDir
    private Path directory;

    private static HotfixRequest request() {
        return HotfixRequest.of("the test", OneServer.MAPPING);
    }

    private Plan plan(OneServer server, String more, HotfixRequest request) {
        try (DatabaseEngine fleet = Engines.open(server.spec("test") + more, "the test");
                RollingPatcher patcher = RollingPatcher.builder(Journal.sqlite(directory.resolve("plans.db")))
                        .clock(SEPTEMBER)
                        .build()) {
            return patcher.plan(fleet, request);
        }
    }

    private static List<String> ids(Plan plan) {
        return plan.findings().stream().map(f -> f.severity() + " " + f.id()).toList();
    }

    @Test
    void missingBackupsAndChecksHoldARunUntilSomebodyTakesThem() throws Exception {
        try (OneServer server = new OneServer(directory, QUICK);
                DatabaseEngine fleet = Engines.open(server.spec("test") + ASKED, "the test");
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            Plan plan = patcher.plan(fleet, request());
            assertThat(ids(plan)).containsExactly("ACK MSSQL-BACKUP-AGE", "ACK MSSQL-CHECKDB-AGE");
            assertThat(plan.findings()).extracting(Finding::subject).containsOnly("127.0.0.1");
            assertThat(plan.asRunbook()).contains("shop (never)");
            assertThatThrownBy(() -> patcher.execute(plan, RunListener.none()))
                    .hasMessageContaining("MSSQL-BACKUP-AGE")
                    .hasMessageContaining("MSSQL-CHECKDB-AGE");
            assertThat(server.update.started()).isZero();
            Approval kim = Approval.by("kim").because("of the test");
            RunOptions taken =
                    RunOptions.none().acknowledge("MSSQL-BACKUP-AGE", kim).acknowledge("MSSQL-CHECKDB-AGE", kim);
            assertThat(patcher.execute(plan, taken, RunListener.none())).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(server.instance.refused()).isEmpty();
        }
    }

    @Test
    void backupsAndChecksOfLateAreNotMentioned() throws Exception {
        try (OneServer server = new OneServer(directory)) {
            Instant lately = Instant.now().minus(Duration.ofHours(3));
            for (String database : List.of("master", "model", "msdb", "shop")) {
                server.instance.catalogue().checked(database, lately);
                server.instance.catalogue().backups().add(Backup.full(database, lately));
            }
            assertThat(plan(server, ASKED, request()).findings()).isEmpty();
        }
    }

    /** It is not touched, so nobody needs its backups. */
    @Test
    void anInstanceThatIsNotScheduledIsNotAsked() throws Exception {
        try (OneServer server = new OneServer(directory)) {
            BuildPolicy policy = BuildPolicy.of(PolicyFiles.CATALOGUE).latestCu();
            String upToDate = OneServer.MAPPING.replace(OneServer.NEW, OneServer.OLD);
            Plan plan =
                    plan(server, ASKED, HotfixRequest.of("the test", upToDate).policy(policy));
            assertThat(plan.findings()).isEmpty();
        }
    }

    @Test
    void whatThePolicySaysStandsInThePlanAndNothingElseOfIt() throws Exception {
        try (OneServer server = new OneServer(directory)) {
            BuildPolicy policy = BuildPolicy.of(PolicyFiles.CATALOGUE).behind(1);
            HotfixRequest judged = request().policy(policy).serversAtOnce(2).removeOnFailure();
            assertThat(judged.policy()).contains(policy);
            assertThat(judged.describe()).endsWith(", builds judged by " + policy.describe());
            Plan plan = plan(server, "", judged);
            assertThat(plan.findings()).singleElement().satisfies(f -> {
                assertThat(f.id()).isEqualTo("MSSQL-BUILD-BEHIND");
                assertThat(f.subject()).isEqualTo("127.0.0.1");
                assertThat(f.expected()).startsWith("16.0.4255 (RTM CU25, KB5081477) or more");
            });
            assertThat(Plan.fromDocument(plan.document()).findings()).isEqualTo(plan.findings());
        }
    }

    @Test
    void aLoginThatMayNotLookIsToldBeforeAnythingBegins() throws Exception {
        try (OneServer server = new OneServer(directory)) {
            server.instance.catalogue().withoutRole("gds", "sysadmin");
            Plan plan = plan(server, "", request());
            assertThat(ids(plan)).containsExactly("BLOCK MSSQL-RIGHTS");
            assertThat(plan.findings().get(0).observed())
                    .isEqualTo("its login lacks VIEW SERVER STATE, VIEW SERVER PERFORMANCE STATE, VIEW ANY ERROR LOG");
            assertThat(plan.findings().get(0).remedy()).startsWith("GRANT VIEW SERVER STATE TO [gds]; ");
            server.instance.catalogue().grant("gds", "VSST");
            assertThat(plan(server, "", request()).findings().get(0).observed())
                    .isEqualTo("its login lacks VIEW ANY ERROR LOG");
            server.instance.catalogue().grant("gds", "VAEL");
            assertThat(plan(server, "", request()).findings()).isEmpty();
            assertThat(server.instance.refused()).isEmpty();
        }
    }

    @Test
    void aDeniedBuildIsNotInstalled() throws Exception {
        try (OneServer server = new OneServer(directory, QUICK);
                DatabaseEngine fleet = Engines.open(server.spec("test"), "the test");
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            BuildPolicy policy = BuildPolicy.of(PolicyFiles.CATALOGUE).deny("16.0.4165");
            Plan plan = patcher.plan(fleet, request().policy(policy));
            assertThat(ids(plan)).contains("BLOCK MSSQL-BUILD-DENIED");
            assertThatThrownBy(() -> patcher.execute(plan, RunListener.none()))
                    .hasMessageContaining("MSSQL-BUILD-DENIED");
            assertThat(server.update.started()).isZero();
        }
    }

    /** The plan's clock says how old a build and a catalogue are. */
    @Test
    void agesAreThoseOfThePlansDay() throws IOException {
        try (OneServer server = new OneServer(directory)) {
            BuildPolicy policy = BuildPolicy.of(
                            "an old index",
                            """
                            {"LastUpdated": "2026-08-01", "Data": [
                              {"Version": "16.0.1000", "SP": "RTM"},
                              {"Version": "16.0.4165", "CU": "CU16", "ReleaseDate": "2026-09-10"}]}
                            """)
                    .soakDays(14);
            assertThat(ids(plan(server, "", request().policy(policy))))
                    .containsExactly("WARN MSSQL-CATALOGUE-OLD", "BLOCK MSSQL-BUILD-YOUNG");
            assertThat(ids(plan(server, "", request().policy(policy.soakDays(10)))))
                    .containsExactly("WARN MSSQL-CATALOGUE-OLD");
        }
    }
}
