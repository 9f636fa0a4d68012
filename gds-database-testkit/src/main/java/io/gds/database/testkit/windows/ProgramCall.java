package io.gds.database.testkit.windows;

import java.util.List;

/**
 * How a program was started.
 *
 * @param process its process
 * @param line what stands behind its name on the command line, as it was written
 * @param arguments the same, taken apart as programs in C do
 */
public record ProgramCall(HostProcess process, String line, List<String> arguments) {
    /** Copies the list. */
    public ProgramCall {
        arguments = List.copyOf(arguments);
    }
}
