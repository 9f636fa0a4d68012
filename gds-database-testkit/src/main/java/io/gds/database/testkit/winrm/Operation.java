package io.gds.database.testkit.winrm;

import java.util.Optional;

/** What a client asks of the service. */
public enum Operation {
    /** Opens a shell. */
    CREATE(Names.TRANSFER + "/Create"),
    /** Starts a command in a shell. */
    COMMAND(Names.SHELL + "/Command"),
    /** Gives a command input. */
    SEND(Names.SHELL + "/Send"),
    /** Waits for output of a command, or for its end. */
    RECEIVE(Names.SHELL + "/Receive"),
    /** Interrupts or terminates a command. */
    SIGNAL(Names.SHELL + "/Signal"),
    /** Closes a shell with all its commands. */
    DELETE(Names.TRANSFER + "/Delete");

    private final String action;

    Operation(String action) {
        this.action = action;
    }

    /** The action of the answer. */
    String answerAction() {
        return action + "Response";
    }

    static Optional<Operation> of(String action) {
        for (Operation each : values()) {
            if (each.action.equals(action)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
