package io.gds.database.testkit.winrm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An open shell of one user. Thread-safe. */
final class Shell {
    private final String id = newId();
    private final String account;
    private final Map<String, String> environment;
    private final Optional<String> workingDirectory;
    private final int codePage;
    private final Map<String, RunningCommand> commands = new LinkedHashMap<>();
    private int started;
    private boolean closed;

    Shell(String account, Map<String, String> environment, Optional<String> workingDirectory, int codePage) {
        this.account = account;
        this.environment = environment;
        this.workingDirectory = workingDirectory;
        this.codePage = codePage;
    }

    String id() {
        return id;
    }

    String account() {
        return account;
    }

    RemoteCommand command(String line) {
        return new RemoteCommand(line, environment, workingDirectory, account, codePage);
    }

    /** How many commands it ever had: a text shell does not give back the operations of those that ended. */
    synchronized int started() {
        return started;
    }

    /** Keeps a command under a new id; when the shell was closed meanwhile, the command is ended. */
    String add(RunningCommand command) {
        String commandId = newId();
        synchronized (this) {
            started++;
            if (!closed) {
                commands.put(commandId, command);
                return commandId;
            }
        }
        command.terminate();
        throw new WsmanFaultException(WsmanFault.SHELL_NOT_FOUND);
    }

    synchronized RunningCommand find(String commandId) {
        RunningCommand command = commands.get(commandId);
        if (command == null) {
            throw new WsmanFaultException(WsmanFault.INVALID_PARAMETER);
        }
        return command;
    }

    void terminate(String commandId) {
        RunningCommand command;
        synchronized (this) {
            command = find(commandId);
            commands.remove(commandId);
        }
        command.terminate();
    }

    void wake() {
        all().forEach(RunningCommand::wake);
    }

    void close() {
        List<RunningCommand> left;
        synchronized (this) {
            closed = true;
            left = all();
            commands.clear();
        }
        left.forEach(RunningCommand::terminate);
    }

    private synchronized List<RunningCommand> all() {
        return List.copyOf(commands.values());
    }

    private static String newId() {
        return UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
    }
}
