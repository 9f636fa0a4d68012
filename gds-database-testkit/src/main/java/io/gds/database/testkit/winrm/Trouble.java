package io.gds.database.testkit.winrm;

import static java.util.Objects.requireNonNull;

/** What a request meets; see {@link WinRmServer#plan(Operation, int, Trouble)}. */
public sealed interface Trouble {
    /** Nothing; to let some requests pass before the next trouble. */
    record Nothing() implements Trouble {}

    /** The connection is cut and nothing was done. */
    record DropBefore() implements Trouble {}

    /**
     * It is done and the connection is cut instead of the answer. The client does not know that its command runs; and
     * output that a lost answer of Receive had in it is gone, as on a real service.
     */
    record DropAfter() implements Trouble {}

    /** 401, although the credentials are right. */
    record Unauthorized() implements Trouble {}

    /**
     * An HTTP status without a body, such as 503, and nothing is done.
     *
     * @param code of HTTP
     */
    record Status(int code) implements Trouble {}

    /**
     * A fault, and nothing is done.
     *
     * @param fault what the client gets
     */
    record Fault(WsmanFault fault) implements Trouble {
        /** Refuses null. */
        public Fault {
            requireNonNull(fault, "fault");
        }
    }

    /**
     * It is done as soon as the gate is open.
     *
     * @param gate of the test
     */
    record Hold(Gate gate) implements Trouble {
        /** Refuses null. */
        public Hold {
            requireNonNull(gate, "gate");
        }
    }

    /** Lets a request pass. */
    static Trouble nothing() {
        return new Nothing();
    }

    /** Cuts the connection before anything is done. */
    static Trouble dropBefore() {
        return new DropBefore();
    }

    /** Does it and cuts the connection. */
    static Trouble dropAfter() {
        return new DropAfter();
    }

    /** Answers 401. */
    static Trouble unauthorized() {
        return new Unauthorized();
    }

    /** Answers with an HTTP status. */
    static Trouble status(int code) {
        return new Status(code);
    }

    /** Answers with a fault. */
    static Trouble fault(WsmanFault fault) {
        return new Fault(fault);
    }

    /** Holds the request at a gate. */
    static Trouble hold(Gate gate) {
        return new Hold(gate);
    }
}
