package io.gds.database.testkit.powershell;

/** What a command without output gives. It is like {@code $null}, but in a pipeline and in {@code @()} it is no item. */
enum Nothing {
    VALUE;

    @Override
    public String toString() {
        return "";
    }
}
