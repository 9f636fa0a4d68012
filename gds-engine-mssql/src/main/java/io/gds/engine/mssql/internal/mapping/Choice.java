package io.gds.engine.mssql.internal.mapping;

/** What a mapping says to one instance. */
public sealed interface Choice {
    /**
     * It gets these packages.
     *
     * @param hotfix the entry that says so
     */
    record Scheduled(Hotfix hotfix) implements Choice {}

    /**
     * It runs the target or more.
     *
     * @param hotfix the entry that says so
     */
    record UpToDate(Hotfix hotfix) implements Choice {}

    /**
     * It runs less than the entry asks for.
     *
     * @param hotfix the entry that comes nearest
     */
    record PrerequisiteFirst(Hotfix hotfix) implements Choice {}

    /**
     * The mapping says that there is nothing for this family any more.
     *
     * @param message what it says to that
     */
    record Unsupported(String message) implements Choice {}

    /** The mapping has no word about this family and edition. */
    record NoMapping() implements Choice {}
}
