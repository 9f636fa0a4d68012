package io.gds.database.testkit;

/** Stands in until this module has its first real type; then delete it. Javadoc refuses an empty module. */
public final class Placeholder {
    private Placeholder() {}
}
