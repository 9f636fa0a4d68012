package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One powershell.exe: runs one script on a host, and ends. Used by one thread. */
public final class PowerShell {
    private final PowerShellHost host;
    private final Session session;

    /** One that has not run anything yet. */
    public PowerShell(PowerShellHost host) {
        this.host = host;
        this.session = new Session(host);
    }

    /**
     * Runs a script file, as -File does; errors that end it are shown.
     *
     * @param text what is in the file
     * @param arguments what stands behind the file's name, each as it is
     * @return its exit code: its own, 1 when an error ended it, else 0
     * @throws UnsupportedPowerShell when the script uses what is not modelled
     */
    public int file(String path, String text, List<String> arguments) {
        List<Given> given = new ArrayList<>();
        for (String argument : arguments) {
            given.add(given(argument));
        }
        return run(new Source(path, text), given, false);
    }

    /**
     * Runs text, as -Command and -EncodedCommand do; errors that end it are shown.
     *
     * @return its exit code: its own, 1 when an error ended it or its last statement failed, else 0
     * @throws UnsupportedPowerShell when it uses what is not modelled
     */
    public int command(String text) {
        return run(new Source(null, text), List.of(), true);
    }

    private static Given given(String argument) {
        if (!argument.matches("-[A-Za-z_][A-Za-z0-9_]*(:.*)?")) {
            return Given.argument(argument);
        }
        int colon = argument.indexOf(':');
        if (colon < 0) {
            return Given.named(argument.substring(1));
        }
        String name = argument.substring(1, colon);
        String value = argument.substring(colon + 1);
        return switch (value.toLowerCase(java.util.Locale.ROOT)) {
            case "$true" -> Given.joined(name, true);
            case "$false" -> Given.joined(name, false);
            default -> Given.joined(name, value);
        };
    }

    private int run(Source source, List<Given> given, boolean lastCounts) {
        try {
            // what a script sets belongs to the session: it is taken as if by a dot
            session.call(Parser.script(source), given, source.name(), true, true, this::show);
        } catch (Jump.Exit exit) {
            return exit.code();
        } catch (Jump elsewhere) {
            return 0;
        } catch (PsException e) {
            if (session.isInTry()) {
                throw new IllegalStateException("an error left a try block", e);
            }
            session.errors().show(e.error());
            return 1;
        }
        return lastCounts && !Conversions.truth(session.variables().get("?")) ? 1 : 0;
    }

    /** What nobody took: it goes to the console. */
    private void show(@Nullable Object value) {
        if (Conversions.isNull(value)) {
            return;
        }
        boolean simple = value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof PsEnum;
        if (!simple) {
            throw new UnsupportedPowerShell("how a " + TypeNames.of(value) + " is shown on a console");
        }
        host.out(Conversions.text(value) + "\r\n");
    }
}
