package io.gds.database.spi;

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

    /** Runs a command to its end or its time-out; never throws for what the command does. */
    CommandResult run(Command command);

    /**
     * Starts a command that outlives this process and returns at once. Its output is discarded.
     *
     * @throws io.gds.database.error.GdsDatabaseException when it cannot be started
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

    /** Gives connections back. */
    @Override
    void close();
}
