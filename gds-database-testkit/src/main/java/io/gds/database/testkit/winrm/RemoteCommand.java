package io.gds.database.testkit.winrm;

import java.util.Map;
import java.util.Optional;

/**
 * A command as a client asked for it.
 *
 * @param line the command with its arguments, as it was sent: neither parsed nor limited in length
 * @param environment variables of the shell
 * @param workingDirectory of the shell, when the client named one
 * @param account who is logged in, in the spelling of the server's accounts
 * @param codePage in which the client expects output, 437 when it did not say
 */
public record RemoteCommand(
        String line, Map<String, String> environment, Optional<String> workingDirectory, String account, int codePage) {
    /** Copies the variables. */
    public RemoteCommand {
        environment = Map.copyOf(environment);
    }
}
