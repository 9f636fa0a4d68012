package io.gds.database.testkit.powershell;

import java.util.function.Consumer;

/** A program that scripts call by its name. */
@FunctionalInterface
public interface NativeProgram {
    /**
     * Runs it to its end.
     *
     * @param arguments what stands behind its name on the command line, quoted as PowerShell does it
     * @param lines takes what it writes to standard output
     * @return its exit code
     */
    int run(String arguments, Consumer<String> lines);
}
