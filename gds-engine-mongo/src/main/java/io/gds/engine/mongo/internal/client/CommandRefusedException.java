package io.gds.engine.mongo.internal.client;

import com.mongodb.MongoCommandException;
import io.gds.database.error.GdsDatabaseException;

/** A server understood a command and refused it; its own code says why. Immutable. */
public final class CommandRefusedException extends GdsDatabaseException {
    private static final long serialVersionUID = 1L;

    private final int refusal;

    CommandRefusedException(String member, String command, MongoCommandException e) {
        super(engine("MONGO-COMMAND")
                .message("member " + member + " refuses " + command + ": " + e.getErrorMessage() + " ("
                        + e.getErrorCode() + " " + e.getErrorCodeName() + ")")
                .remedy("see what the server says about this code.")
                .cause(e));
        this.refusal = e.getErrorCode();
    }

    /** The server's code, such as 262 for ExceededTimeLimit. */
    public int refusal() {
        return refusal;
    }
}
