package io.gds.database.testkit.powershell;

/**
 * A script uses what this model does not know: syntax, a command, a parameter, a type or a member of one. It ends the
 * script and cannot be caught by it, for a model that guesses proves nothing.
 */
public final class UnsupportedPowerShell extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names what is not known. */
    public UnsupportedPowerShell(String what) {
        super("not modelled: " + what);
    }

    private UnsupportedPowerShell(UnsupportedPowerShell found, String where) {
        super(found.getMessage() + " (" + where + ")", found);
    }

    /** The same, and where in a script it was met; what has a place already keeps it. */
    UnsupportedPowerShell at(Source source, Position at) {
        return getCause() == null ? new UnsupportedPowerShell(this, source.name() + ":" + at.line()) : this;
    }
}
