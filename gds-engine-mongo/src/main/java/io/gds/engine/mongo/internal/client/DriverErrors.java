package io.gds.engine.mongo.internal.client;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import io.gds.database.error.GdsDatabaseException;

/** What the driver throws, as an error of the library: who did not do what, whether to ask again, and what to do. */
final class DriverErrors {
    static final int UNAUTHORIZED = 13;

    private static final int AUTHENTICATION_FAILED = 18;

    private DriverErrors() {}

    static GdsDatabaseException of(String member, String command, MongoException e) {
        if (e instanceof MongoSecurityException
                || e.getCode() == AUTHENTICATION_FAILED
                || e.getCode() == UNAUTHORIZED) {
            // the server quotes the whole command that is not allowed, the application's data too
            String why = String.valueOf(e.getMessage()).replaceFirst("(?s) to execute command \\{.*", "");
            return GdsDatabaseException.user("MONGO-LOGIN")
                    .message("member " + member + " refuses us " + command + ": " + why)
                    .remedy(
                            "correct connection.user and connection.password, or grant the roles that docs/mongo.md names.")
                    .cause(e)
                    .build();
        }
        if (e instanceof MongoNotPrimaryException || e instanceof MongoNodeIsRecoveringException) {
            MongoCommandException change = (MongoCommandException) e;
            return GdsDatabaseException.environment("MONGO-NO-ANSWER")
                    .message("member " + member + " changes its role or ends, and does not answer " + command + ": "
                            + change.getErrorMessage() + " (" + change.getErrorCode() + " "
                            + change.getErrorCodeName() + ")")
                    .remedy("ask again when it has its new role.")
                    .retryable()
                    .cause(e)
                    .build();
        }
        if (e instanceof MongoCommandException refusal) {
            return new CommandRefusedException(member, command, refusal);
        }
        if (e instanceof MongoBulkWriteException) {
            return GdsDatabaseException.engine("MONGO-COMMAND")
                    .message("member " + member + " refuses " + command + ": " + e.getMessage())
                    .remedy("see what the server says about it.")
                    .cause(e)
                    .build();
        }
        return GdsDatabaseException.environment("MONGO-NO-ANSWER")
                .message("member " + member + " does not answer " + command + ": " + e.getMessage())
                .remedy("look whether it runs and is to be reached from here.")
                .retryable()
                .cause(e)
                .build();
    }
}
