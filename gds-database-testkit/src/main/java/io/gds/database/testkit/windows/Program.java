package io.gds.database.testkit.windows;

/** What happens when an executable file is started. Called by several threads. */
@FunctionalInterface
public interface Program {
    /**
     * Begins, and comes back at once. It ends by {@link HostProcess#end}, before or after it has come back, from whatever
     * thread.
     */
    RunningProgram start(ProgramCall call, WindowsHost host);
}
