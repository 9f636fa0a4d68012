package io.gds.database.testkit.winrm;

/** What runs the commands that arrive at a {@link WinRmServer}. Called from many threads at once. */
@FunctionalInterface
public interface CommandHost {
    /**
     * Starts a command and returns without waiting for it.
     *
     * @throws WsmanFaultException when nothing was started; the client gets the fault
     */
    RemoteProcess start(RemoteCommand command);
}
