package io.gds.database.core.internal.journal;

import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;

/** What must be true of the file before SQLite may have it. */
final class JournalFile {
    private static final Set<String> NETWORK = Set.of(
            "nfs",
            "nfs3",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "9p",
            "afs",
            "ceph",
            "glusterfs",
            "fuse.sshfs",
            "fuse.glusterfs",
            "fuse.s3fs",
            "lustre",
            "ncpfs",
            "beegfs",
            "gpfs",
            "ocfs2");
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private JournalFile() {}

    /** Creates the file with mode 0600 when it is absent, and refuses places where locks cannot be trusted. */
    static Path prepare(Path file) {
        Path path = file.toAbsolutePath().normalize();
        try {
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
                refuseNetwork(path, Files.getFileStore(parent).type());
            }
            try {
                Files.createFile(path, PosixFilePermissions.asFileAttribute(PRIVATE));
            } catch (FileAlreadyExistsException e) {
                Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
                if (!PRIVATE.containsAll(mode)) {
                    throw GdsDatabaseException.user("GDS-JOURNAL-MODE")
                            .message("journal " + path + " has mode " + PosixFilePermissions.toString(mode)
                                    + ", expected rw-------: it names clusters, people and reasons.")
                            .remedy("chmod 600 " + path + " after making sure nobody else changed it.")
                            .cause(e)
                            .build();
                }
            }
            return path;
        } catch (IOException e) {
            throw GdsDatabaseException.environment("GDS-JOURNAL-OPEN")
                    .message("journal " + path + " cannot be created: " + e)
                    .remedy("choose a directory on a local disk that this process may write to.")
                    .cause(e)
                    .build();
        }
    }

    static void refuseNetwork(Path path, String type) {
        if (NETWORK.contains(type.toLowerCase(Locale.ROOT))) {
            throw GdsDatabaseException.user("GDS-JOURNAL-NETWORK")
                    .message("journal " + path + " lies on a network file system (" + type
                            + "), expected a local one: SQLite's locks do not hold there.")
                    .remedy("put the journal on a local disk.")
                    .build();
        }
    }
}
