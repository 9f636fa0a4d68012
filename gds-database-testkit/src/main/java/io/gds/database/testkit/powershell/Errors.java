package io.gds.database.testkit.powershell;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes errors of what went wrong, and decides what becomes of them. */
final class Errors {
    private static final String RUNTIME = "System.Management.Automation.RuntimeException";

    private final Session session;
    private int muted;

    Errors(Session session) {
        this.session = session;
    }

    /** While it runs, errors after which a command goes on are not shown. */
    void muted(Runnable work) {
        muted++;
        try {
            work.run();
        } finally {
            muted--;
        }
    }

    /** One that ends its statement. */
    PsException statement(NetFailure failure, Position at) {
        return statement(failure, "", at);
    }

    /** One of a command that ends its statement. */
    PsException statement(NetFailure failure, String command, Position at) {
        return PsException.ofStatement(record(failure, command, at));
    }

    private ErrorRecord record(NetFailure failure, String command, Position at) {
        String id = failure.errorId() + (command.isEmpty() ? "" : "," + command);
        return new ErrorRecord(failure.exception(), failure.category(), id, command, session.source(), at, null);
    }

    /** What a method threw: the exception goes inside one that names the method. */
    PsException ofMethod(NetFailure failure, String method, int arguments, Position at) {
        NetException inner = failure.exception();
        NetException outer = new NetException(
                "System.Management.Automation.MethodInvocationException",
                "Exception calling \"" + method + "\" with \"" + arguments + "\" argument(s): \"" + inner.message()
                        + "\"",
                inner);
        String id = inner.type().substring(inner.type().lastIndexOf('.') + 1);
        return PsException.ofStatement(new ErrorRecord(outer, "NotSpecified", id, "", session.source(), at, null));
    }

    /** What {@code throw} makes of a value. */
    PsException thrown(@Nullable Object value, Position at) {
        if (value instanceof ErrorRecord record) {
            return PsException.thrown(record);
        }
        NetException exception = value instanceof NetException e
                ? e
                : new NetException(RUNTIME, value == null ? "ScriptHalted" : Conversions.text(value));
        return PsException.thrown(
                new ErrorRecord(exception, "OperationStopped", exception.message(), "", session.source(), at, value));
    }

    /** An error after which a command goes on, unless its ErrorAction says otherwise. */
    void ofCommand(NetFailure failure, String command, Position at, @Nullable String errorAction) {
        session.variables().succeeded(false);
        ErrorRecord record = record(failure, command, at);
        String action = errorAction == null
                ? session.variables().preference("ErrorActionPreference")
                : errorAction.toLowerCase(Locale.ROOT);
        switch (action) {
            case "stop" -> throw PsException.stopped(record);
            case "continue" -> show(record);
            case "silentlycontinue", "ignore" -> {
                // nobody wants to hear of it
            }
            default -> throw new UnsupportedPowerShell("ErrorAction " + action);
        }
    }

    /** Whether the script goes on after the statement that this error ended; shows it then. */
    boolean goesOn(PsException e) {
        if (session.isInTry()) {
            return false;
        }
        String preference = session.variables().preference("ErrorActionPreference");
        boolean silent = preference.equals("silentlycontinue") || preference.equals("ignore");
        if (e.isStopped() || (e.isThrown() && !silent) || preference.equals("stop")) {
            return false;
        }
        session.variables().succeeded(false);
        if (!silent) {
            show(e.error());
        }
        return true;
    }

    /** Shows it on standard error, as PowerShell does. */
    void show(ErrorRecord record) {
        if (muted == 0) {
            session.host().report("Error", ErrorText.of(record));
        }
    }
}
