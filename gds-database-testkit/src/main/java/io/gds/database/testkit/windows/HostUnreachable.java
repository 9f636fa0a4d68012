package io.gds.database.testkit.windows;

/** Nobody answers at that host just now: it is down, or was taken off the network. */
public final class HostUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says which one. */
    public HostUnreachable(String name) {
        super("host " + name + " is not to be reached");
    }
}
