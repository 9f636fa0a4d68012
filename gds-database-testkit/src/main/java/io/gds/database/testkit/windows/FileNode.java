package io.gds.database.testkit.windows;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file or a directory at its path. Guarded by its file system.
 */
final class FileNode {
    final String path;
    final String owner;

    /** Null for a directory. */
    @Nullable
    HostFile file;

    /** Null when it has what its parent has. */
    @Nullable
    Acl acl;

    Instant writtenAt;

    FileNode(String path, String owner, @Nullable HostFile file, Instant writtenAt) {
        this.path = path;
        this.owner = owner;
        this.file = file;
        this.writtenAt = writtenAt;
    }

    boolean isDirectory() {
        return file == null;
    }

    long length() {
        return file == null ? 0 : file.length();
    }
}
