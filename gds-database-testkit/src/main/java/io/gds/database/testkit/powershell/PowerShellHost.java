package io.gds.database.testkit.powershell;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Where scripts run: everything that PowerShell itself does not have. Called by the thread that runs the script. */
public interface PowerShellHost {
    /** The host's clock. */
    Instant now();

    /** The host's time zone. */
    ZoneId zone();

    /** Called before every statement; ends the script by throwing what no script can catch. */
    void check();

    /** Lets the host's time go by. */
    void sleep(Duration time);

    /** An environment variable of the process; null when it is not set. */
    @Nullable
    String environment(String name);

    /** Sets an environment variable of the process; null takes it away. */
    void environment(String name, @Nullable String value);

    /** An automatic variable that only the host knows, PID for example; null when it knows none of that name. */
    default @Nullable Object variable(String name) {
        return null;
    }

    /**
     * The text of a script that shall run.
     *
     * @return null when there is no such file
     * @throws NetFailure when it may not run here
     */
    @Nullable
    String script(String path);

    /** A program by its name or its path; null when there is none. */
    @Nullable
    NativeProgram program(String name);

    /** Writes to standard output. */
    void out(String text);

    /** Writes to standard error, by {@code [Console]::Error}. */
    void error(String text);

    /** Writes an error, a warning and the like as PowerShell shows it, line by line. */
    void report(String stream, String text);

    /** What is left of standard input. */
    String input();

    /** The types of .NET that the host adds. */
    void addTypes(NetTypes types);

    /** The commands that the host adds. */
    void addCommands(Commands commands);
}
