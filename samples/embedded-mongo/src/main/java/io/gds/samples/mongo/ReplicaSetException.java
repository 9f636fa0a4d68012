package io.gds.samples.mongo;

/** A replica set on this machine could not be made, found or looked at. */
public final class ReplicaSetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReplicaSetException(String message) {
        super(message);
    }

    ReplicaSetException(String message, Throwable cause) {
        super(message, cause);
    }
}
