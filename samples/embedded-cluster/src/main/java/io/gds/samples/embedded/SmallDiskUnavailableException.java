package io.gds.samples.embedded;

/** This machine cannot mount a small file system for a member (not root, or mounting is forbidden). A test skips with the message. */
public final class SmallDiskUnavailableException extends EmbeddedClusterException {
    private static final long serialVersionUID = 1L;

    public SmallDiskUnavailableException(String message) {
        super(message);
    }
}
