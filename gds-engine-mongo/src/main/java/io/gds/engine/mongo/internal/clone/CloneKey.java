package io.gds.engine.mongo.internal.clone;

import io.gds.database.spi.CloneDirectory;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.client.Clients;
import io.gds.engine.mongo.internal.config.LoginSpec;
import io.gds.engine.mongo.internal.config.MongoSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The key of a clone whose users log in: one of its own, since who has the set's could join it. Whoever has it is the server
 * itself, and may do on the clone what no user of the set has to be allowed: to change what a server keeps of its set, and to
 * look through every collection.
 */
final class CloneKey {
    private static final int BYTES = 96;

    private final MongoEngine clone;
    private final Path file;

    CloneKey(MongoEngine clone, CloneDirectory directory) {
        this.clone = clone;
        this.file = directory.path().resolve("key");
    }

    /** Makes it and returns its file, which nobody else reads. */
    Path make() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, Base64.getEncoder().encodeToString(random).getBytes(StandardCharsets.US_ASCII));
            return file;
        } catch (IOException e) {
            throw MongoCloning.refused(clone, file + " cannot be written: " + e.getMessage());
        }
    }

    /** Clients that ask as the server itself; as anybody where it asks for no login. The caller closes them. */
    Clients clients() {
        MongoSpec spec = clone.spec();
        return new Clients(
                spec.login().isPresent() ? spec.loggedInAs(new LoginSpec("__system", "file:" + file, "local")) : spec,
                clone.context().secrets());
    }
}
