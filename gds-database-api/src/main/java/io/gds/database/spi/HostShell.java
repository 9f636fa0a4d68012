package io.gds.database.spi;

import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Runs commands and touches small files on one host.
 *
 * <p>Thread-safe. Calls block; a command's own timeout bounds them. A command whose answer was lost is reported as
 * {@link CommandResult.Status#UNKNOWN} and is never repeated by the shell: the caller probes first.
 */
public interface HostShell extends AutoCloseable {
    /** The host, for messages. */
    String host();

    /**
     * Runs a command to its end or its time-out; never throws for what the command does.
     *
     * @throws GdsDatabaseException when the host or the user to run as cannot be reached: then nothing was started
     */
    CommandResult run(Command command);

    /**
     * Starts a command that outlives this process and returns at once. Its output is discarded.
     *
     * @throws GdsDatabaseException when it cannot be started
     */
    void launch(Command command);

    /**
     * Reads a small file (1 MiB at most).
     *
     * @return empty when there is no such file
     */
    Optional<byte[]> read(String path);

    /**
     * Writes a file atomically (temporary name, then rename), owned by the given user.
     *
     * @param path where
     * @param content what
     * @param mode permissions in octal, for example {@code 600}
     * @param user the owner, empty for the shell's own user
     */
    void write(String path, byte[] content, String mode, String user);

    /**
     * Copies a file of this machine to the host, as {@link #write} does. This one reads it into memory; a shell of a
     * distant host sends it in pieces and compares checksums before it takes the file's name.
     *
     * @param local what, a file of this machine
     * @param path where
     * @param mode permissions in octal, for example {@code 644}
     * @param user the owner, empty for the shell's own user
     */
    default void upload(Path local, String path, String mode, String user) {
        byte[] content;
        try {
            content = Files.readAllBytes(local);
        } catch (IOException e) {
            throw GdsDatabaseException.user("GDS-FILE")
                    .message("cannot read " + local + " of this machine: "
                            + e.getClass().getSimpleName() + ", " + e.getMessage() + ".")
                    .remedy("check that the file is there and open to the user of this process.")
                    .cause(e)
                    .build();
        }
        write(path, content, mode, user);
    }

    /** Gives connections back. */
    @Override
    void close();
}
