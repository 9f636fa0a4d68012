package io.gds.samples.quickstart;

import java.io.IOException;
import java.nio.file.Path;

/** What people read; the last line, for programs, is printed by {@link ResultLine}. */
final class Terminal {
    private Terminal() {}

    static void say(String line) {
        System.out.println(line);
    }

    /** Whether standard output is a terminal; System.console() tells it on some releases of the JDK only. */
    static boolean isInteractive() {
        try {
            Path output = Path.of("/proc/self/fd/1").toRealPath();
            return output.startsWith("/dev/pts") || output.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }
}
