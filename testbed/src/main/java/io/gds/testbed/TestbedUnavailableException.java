package io.gds.testbed;

/** This machine cannot run a bed; the message says why, and what would change it. Tests are skipped then. */
public final class TestbedUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TestbedUnavailableException(String reason) {
        super(reason);
    }
}
