package io.gds.engine.mssql.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.plan.Finding;
import io.gds.database.testkit.mssql.BackupHistory.Backup;
import io.gds.database.testkit.mssql.ReplicaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups and checks in the pre-flight of groups. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupBackupAgesTest {
    private static final String ASKED = "backup: {maxAge: P1D, checkDbMaxAge: P7D}";

    @TempDir
    private Path directory;

    private List<Finding> ages(GroupBed bed) {
        try (DatabaseEngine engine = bed.open(ASKED);
                Journal journal = Journal.sqlite(directory.resolve("runs.db"));
                RollingPatcher patcher = RollingPatcher.create(journal)) {
            return patcher.plan(engine, GroupRun.request()).findings().stream()
                    .filter(f -> f.id().endsWith("-AGE"))
                    .toList();
        }
    }

    private static void keep(GroupServer server, String... databases) {
        Instant lately = Instant.now().minus(Duration.ofHours(3));
        for (String d : databases) {
            server.instance.catalogue().checked(d, lately);
            server.instance.catalogue().backups().add(Backup.full(d, lately));
        }
    }

    /** After a failover the new primary remembers no backup that its predecessor made. */
    @Test
    void thePrimaryIsAskedAndBackupsOfEveryReplicaCount() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 3)) {
            GroupPatchTest.three(bed);
            keep(bed.server(1), "master", "model", "msdb");
            keep(bed.server(2), "db01");
            String primary = bed.server(1).address;
            assertThat(ages(bed))
                    .extracting(f -> f.severity() + " " + f.id() + " " + f.subject() + " " + f.observed())
                    .containsExactly(
                            "ACK MSSQL-BACKUP-AGE " + primary
                                    + " databases without a full backup of late: db02 (never)",
                            "ACK MSSQL-CHECKDB-AGE " + primary
                                    + " databases that DBCC CHECKDB did not find sound of late: db01 (never), db02 (never)");
            keep(bed.server(1), "db01", "db02");
            assertThat(ages(bed)).isEmpty();
            assertThat(bed.unknown()).isEmpty();
        }
    }

    @Test
    void aDatabaseIsJudgedOnTheServerThatLeadsIt() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 3)) {
            bed.group("ag1", b -> b.replica(bed.server(1).instance, ReplicaSettings.automatic())
                    .replica(bed.server(2).instance, ReplicaSettings.automatic())
                    .replica(bed.server(3).instance, ReplicaSettings.synchronous())
                    .databases("db01"));
            bed.group("ag2", b -> b.replica(bed.server(2).instance, ReplicaSettings.automatic())
                    .replica(bed.server(1).instance, ReplicaSettings.automatic())
                    .replica(bed.server(3).instance, ReplicaSettings.synchronous())
                    .databases("crm"));
            keep(bed.server(1), "master", "model", "msdb");
            keep(bed.server(2), "master", "model", "msdb");
            assertThat(ages(bed))
                    .filteredOn(f -> f.id().equals("MSSQL-BACKUP-AGE"))
                    .extracting(f -> f.subject() + f.observed().replaceAll(".*:", ""))
                    .containsExactly(bed.server(1).address + " db01 (never)", bed.server(2).address + " crm (never)");
            assertThat(bed.unknown()).isEmpty();
        }
    }
}
