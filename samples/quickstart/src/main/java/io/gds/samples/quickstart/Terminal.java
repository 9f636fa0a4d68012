package io.gds.samples.quickstart;

/** What people read; the last line, for programs, is printed by {@link ResultLine}. */
final class Terminal {
    private Terminal() {}

    static void say(String line) {
        System.out.println(line);
    }

    static boolean isInteractive() {
        return System.console() != null && System.getenv("CI") == null;
    }
}
