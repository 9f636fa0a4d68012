package io.gds.database.testkit.windows;

/**
 * Something that happened on a host.
 *
 * @param kind what
 * @param subject to what: a path, a name of a program, a task or a service
 */
public record HostEvent(Kind kind, String subject) {
    /** What happened. */
    public enum Kind {
        /** A file got its contents, or was closed after it was written. */
        FILE_WRITTEN,
        /** A file is there under another path now. */
        FILE_MOVED,
        /** A file or a directory is gone. */
        FILE_DELETED,
        /** A process was started. */
        PROCESS_STARTED,
        /** Somebody looked for a process by its number. */
        PROCESS_LOOKED_FOR,
        /** A process has ended by itself. */
        PROCESS_ENDED,
        /** A task was registered. */
        TASK_REGISTERED,
        /** A task was started. */
        TASK_STARTED,
        /** A task was taken away. */
        TASK_REMOVED,
        /** A service was told to start. */
        SERVICE_STARTING,
        /** A service was told to stop. */
        SERVICE_STOPPING,
        /** The host goes down. */
        RESTARTING,
        /** The host is up again. */
        RESTARTED
    }

    @Override
    public String toString() {
        return kind + " " + subject;
    }
}
