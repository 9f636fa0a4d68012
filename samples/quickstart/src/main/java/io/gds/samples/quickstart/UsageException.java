package io.gds.samples.quickstart;

/** Something that whoever calls the sample has to change; its message says what, and no stack trace would say more. */
final class UsageException extends RuntimeException {
    static final int EXIT_CODE = 2;

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
