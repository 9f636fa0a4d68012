package io.gds.engine.mongo.wire;

/** Refusals of servers, by the names of the manual's page "Error Codes". */
public final class Refusals {
    private static final String WRITABLE = "RetryableWriteError";

    private Refusals() {}

    /** The one with this code. */
    public static CommandError of(int code) {
        return switch (code) {
            case 72 -> invalidOptions("played");
            case 91 -> shutdownInProgress();
            case 189 -> primarySteppedDown();
            case 211 -> keyNotFound();
            case 262 -> nobodyCaughtUp();
            case 10107 -> notWritablePrimary();
            case 11600 -> interruptedAtShutdown();
            case 11602 -> interruptedByStateChange();
            default -> throw new IllegalArgumentException("no refusal " + code);
        };
    }

    /** 2. */
    static CommandError badValue(String message) {
        return new CommandError(2, "BadValue", message);
    }

    /** 59. */
    static CommandError commandNotFound(String name) {
        return new CommandError(59, "CommandNotFound", "no such command: '" + name + "'");
    }

    /** 72. */
    public static CommandError invalidOptions(String message) {
        return new CommandError(72, "InvalidOptions", message);
    }

    /** 91: what a member says in its quiesce mode. */
    public static CommandError shutdownInProgress() {
        return new CommandError(91, "ShutdownInProgress", "The server is in quiesce mode and will shut down", WRITABLE);
    }

    /** 95. */
    static CommandError notSecondary(String message) {
        return new CommandError(95, "NotSecondary", message);
    }

    /** 189. */
    public static CommandError primarySteppedDown() {
        return new CommandError(189, "PrimarySteppedDown", "primary stepped down while waiting", WRITABLE);
    }

    /** 211: a member that has not read the keys of cluster times yet. */
    public static CommandError keyNotFound() {
        return new CommandError(211, "KeyNotFound", "Cache Reader No keys found for HMAC that is valid for time");
    }

    /** 262, the message of the server's replication coordinator. */
    public static CommandError nobodyCaughtUp() {
        return new CommandError(
                262,
                "ExceededTimeLimit",
                "No electable secondaries caught up as of 2026-03-03T21:00:10.000+0000. Please use the replSetStepDown"
                        + " command with the argument {force: true} to force node to step down.");
    }

    /** 10107. */
    public static CommandError notWritablePrimary() {
        return new CommandError(10107, "NotWritablePrimary", "not primary", WRITABLE);
    }

    /** 11600. */
    public static CommandError interruptedAtShutdown() {
        return new CommandError(11600, "InterruptedAtShutdown", "interrupted at shutdown", WRITABLE);
    }

    /** 11602: what runs on a primary while it steps down. */
    public static CommandError interruptedByStateChange() {
        return new CommandError(
                11602,
                "InterruptedDueToReplStateChange",
                "operation was interrupted because of a change of the member's state",
                WRITABLE);
    }

    /** What a strict command says of a field that its version does not know. */
    static CommandError unknownField(String field) {
        return new CommandError(40415, "Location40415", "BSON field '" + field + "' is an unknown field.");
    }
}
