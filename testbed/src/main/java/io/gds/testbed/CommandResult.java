package io.gds.testbed;

/** What a command on a node or a script of the bed answered. Immutable. */
public record CommandResult(int exitCode, String out, String err) {
    public boolean ok() {
        return exitCode == 0;
    }

    @Override
    public String toString() {
        return "exit code " + exitCode + "\n" + out + err;
    }
}
