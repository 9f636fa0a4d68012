package io.gds.database.core.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalFileTest {
    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "NFS4", "cifs", "smb3", "9p", "ceph", "fuse.sshfs", "glusterfs"})
    void placesWhereLocksDoNotHoldAreRefused(String type) {
        assertThatThrownBy(() -> JournalFile.refuseNetwork(Path.of("/shared/runs.db"), type))
                .hasMessageContaining("GDS-JOURNAL-NETWORK")
                .hasMessageContaining("local disk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay"})
    void localDisksAreTaken(String type) {
        assertThatCode(() -> JournalFile.refuseNetwork(Path.of("/data/runs.db"), type))
                .doesNotThrowAnyException();
    }

    @Test
    void aNewFileIsForItsOwnerOnly(@TempDir Path dir) throws Exception {
        Path file = JournalFile.prepare(dir.resolve("a/runs.db"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
