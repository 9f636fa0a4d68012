package io.gds.database.testkit.powershell;

/** Thrown by what models .NET or a command: a script sees the exception in it, and may catch it. */
public final class NetFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient NetException exception;
    private final String category;
    private final String errorId;

    /** One without a category and an id of its own. */
    public NetFailure(String type, String message) {
        this(new NetException(type, message), "NotSpecified", type.substring(type.lastIndexOf('.') + 1));
    }

    /** One of a command, with the category and the id that its error record has. */
    public NetFailure(NetException exception, String category, String errorId) {
        super(exception.toString());
        this.exception = exception;
        this.category = category;
        this.errorId = errorId;
    }

    /** The exception. */
    public NetException exception() {
        return exception;
    }

    String category() {
        return category;
    }

    String errorId() {
        return errorId;
    }
}
