package io.gds.engine.mongo.wire;

/** The connection ends without an answer, so that nobody on the other side can tell whether the command had its effect. */
public final class ConnectionCut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Ends the connection. */
    public ConnectionCut() {
        super("cut", null, false, false);
    }
}
