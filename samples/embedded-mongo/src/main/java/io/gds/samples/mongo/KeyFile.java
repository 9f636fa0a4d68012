package io.gds.samples.mongo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The file by which the servers of a set know each other. */
final class KeyFile {
    private KeyFile() {}

    static Path of(ReplicaSetMember m) {
        return m.home().resolve("key");
    }

    /** Gives all members the same new one. */
    static void write(ReplicaSet set) throws IOException {
        byte[] key = new byte[96];
        new SecureRandom().nextBytes(key);
        for (ReplicaSetMember m : set.members()) {
            Path made = Files.createFile(
                    of(m), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(made, Base64.getEncoder().encodeToString(key));
        }
    }
}
