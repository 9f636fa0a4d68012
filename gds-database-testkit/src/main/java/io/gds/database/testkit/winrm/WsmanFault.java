package io.gds.database.testkit.winrm;

import static java.util.Objects.requireNonNull;

/**
 * A fault as the service answers it, with HTTP status 500.
 *
 * @param code of Windows, as in the Code attribute of f:WSManFault
 * @param side whose fault it is: {@code s:Sender} or {@code s:Receiver}
 * @param subcode with the prefix {@code w} of WS-Management or {@code a} of WS-Addressing
 * @param reason in words
 */
public record WsmanFault(long code, String side, String subcode, String reason) {
    private static final String SENDER = "s:Sender";
    private static final String RECEIVER = "s:Receiver";
    private static final String CANNOT = "The WS-Management service cannot process the request. ";

    /** A Receive had nothing to tell in its time; the client asks again. */
    public static final WsmanFault TIMED_OUT = new WsmanFault(
            2150858793L,
            RECEIVER,
            "w:TimedOut",
            "The WS-Management service cannot complete the operation within the time specified in OperationTimeout. ");

    /** The shell is not there, or not any more. */
    public static final WsmanFault SHELL_NOT_FOUND = new WsmanFault(
            2150858843L,
            SENDER,
            "w:InvalidSelectors",
            "The request for the Windows Remote Shell failed because the shell was not found on the server. Possible"
                    + " causes are: the specified ShellId is incorrect or the shell no longer exists on the server."
                    + " Provide the correct ShellId or create a new shell and retry the operation. ");

    /** The user has as many shells as he may have. */
    public static final WsmanFault TOO_MANY_SHELLS = new WsmanFault(
            2150859173L,
            SENDER,
            "w:QuotaLimit",
            CANNOT + "The maximum number of concurrent shells for this user has been exceeded. Close existing shells"
                    + " or raise the quota for this user. ");

    /** The user has as many operations as he may have. */
    public static final WsmanFault TOO_MANY_OPERATIONS = new WsmanFault(
            2150859174L,
            SENDER,
            "w:QuotaLimit",
            CANNOT + "The maximum number of concurrent operations for this user has been exceeded. Close existing"
                    + " operations for this user, or raise the quota for this user. ");

    /** The user is known and may not do this. */
    public static final WsmanFault ACCESS_DENIED = new WsmanFault(5, SENDER, "w:AccessDenied", "Access is denied. ");

    /** The operation was broken off. */
    public static final WsmanFault ABORTED = new WsmanFault(
            995,
            RECEIVER,
            "w:InternalError",
            "The I/O operation has been aborted because of either a thread exit or an application request. ");

    /** Something in the body has no meaning here, such as the id of a command that is not there. */
    public static final WsmanFault INVALID_PARAMETER =
            new WsmanFault(87, SENDER, "w:InvalidParameter", "The parameter is incorrect. ");

    /** Something went wrong inside the service or the host. */
    public static final WsmanFault INTERNAL_ERROR =
            new WsmanFault(1359, RECEIVER, "w:InternalError", "An internal error occurred. ");

    static final WsmanFault UNKNOWN_ACTION = new WsmanFault(
            2150858753L,
            SENDER,
            "a:ActionNotSupported",
            CANNOT + "The WS-Addressing action URI is invalid. Check the documentation for information on how to"
                    + " construct an action URI. ");

    static final WsmanFault UNKNOWN_RESOURCE = new WsmanFault(
            2150858752L,
            SENDER,
            "a:DestinationUnreachable",
            CANNOT + "The service cannot find the resource identified by the resource URI and selectors. ");

    static final WsmanFault INVALID_XML = new WsmanFault(
            2150858819L,
            SENDER,
            "w:SchemaValidationError",
            "The WS-Management service cannot process the request because the XML is invalid. ");

    /** Refuses nulls. */
    public WsmanFault {
        requireNonNull(side, "side");
        requireNonNull(subcode, "subcode");
        requireNonNull(reason, "reason");
    }
}
