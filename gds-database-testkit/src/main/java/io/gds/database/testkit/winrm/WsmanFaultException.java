package io.gds.database.testkit.winrm;

import static java.util.Objects.requireNonNull;

/** An operation ends with a fault. Hosts throw it to answer with a fault of their choice. */
public final class WsmanFaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient WsmanFault fault;

    /** With the fault that the client gets. */
    public WsmanFaultException(WsmanFault fault) {
        super(fault.code() + ": " + fault.reason());
        this.fault = requireNonNull(fault, "fault");
    }

    /** What the client gets. */
    public WsmanFault fault() {
        return fault;
    }
}
