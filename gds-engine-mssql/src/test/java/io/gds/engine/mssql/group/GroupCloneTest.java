package io.gds.engine.mssql.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Step;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.mssql.ReplicaSettings;
import io.gds.database.testkit.mssql.ServerDisk;
import io.gds.database.testkit.windows.HostTimer;
import io.gds.engine.mssql.CloneTestRequest;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The databases of a group's primary are tried out on a sandbox, with the mapping that the group's spec has. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupCloneTest {
    private static final String FOLDER = "\\\\files\\clones";

    @TempDir
    private Path directory;

    @Test
    void theDatabasesOfThePrimaryAreCopied() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 2);
                GroupServer box = new GroupServer(
                        "BOX01",
                        bed.server(1).address.replaceFirst("[0-9]+$", "99"),
                        bed.server(1).winRm.port(),
                        HostTimer.of(Clock.systemUTC()))) {
            bed.group("ag1", b -> b.replica(bed.server(1).instance, ReplicaSettings.automatic())
                    .replica(bed.server(2).instance, ReplicaSettings.automatic())
                    .databases("db01", "db02"));
            ServerDisk share = ServerDisk.ofFileServer();
            share.makeFolder(FOLDER);
            bed.server(1).instance.catalogue().disk().mount(FOLDER, share);
            box.instance.catalogue().disk().mount(FOLDER, share);
            String sandbox = "sandbox: {server: %s, port: %d, user: gds, secret: \"file:%s\", folder: '%s'}"
                    .formatted(box.address, box.instance.server().port(), directory.resolve("password"), FOLDER);
            try (DatabaseEngine engine = bed.open(sandbox);
                    RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
                Plan plan = patcher.plan(engine, CloneTestRequest.bySpec());
                assertThat(plan.findings()).isEmpty();
                assertThat(plan.steps())
                        .extracting(Step::title)
                        .contains(
                                "back up db01 on " + bed.server(1).address, "back up db02 on " + bed.server(1).address);
                RunOutcome outcome = patcher.execute(plan, RunListener.none());
                assertThat(outcome.isSuccess()).as(outcome.summary()).isTrue();
            }
            assertThat(box.instance.version()).isEqualTo(GroupServer.NEW);
            assertThat(box.isClean()).isTrue();
            assertThat(share.paths()).isEmpty();
            assertThat(bed.versions()).containsValues(GroupServer.OLD).doesNotContainValue(GroupServer.NEW);
            assertThat(bed.unknown()).isEmpty();
            assertThat(box.instance.refused()).isEmpty();
        }
    }
}
