package io.gds.database.testkit.linux;

import java.util.List;

/** A program on a model host. Called on any thread; must not wait. */
@FunctionalInterface
public interface LinuxProgram {
    /**
     * Runs it.
     *
     * @param arguments without the program's own name
     * @param user who runs it
     */
    Exit run(List<String> arguments, String user);

    /**
     * How it ended.
     *
     * @param code its exit code
     * @param output what it printed
     * @param error what it complained about
     */
    record Exit(int code, String output, String error) {
        /** It did what it was told, and printed something. */
        public static Exit good(String output) {
            return new Exit(0, output, "");
        }

        /** It did not, and said why. */
        public static Exit failed(int code, String error) {
            return new Exit(code, "", error);
        }
    }
}
