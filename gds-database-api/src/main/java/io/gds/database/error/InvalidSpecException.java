package io.gds.database.error;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A file or request that cannot be used; carries every mistake found, not only the first. Immutable. */
public final class InvalidSpecException extends GdsDatabaseException {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Problem> problems;

    /**
     * Creates the exception.
     *
     * @param source the file or request
     * @param problems all mistakes, in the order of the file; at least one
     */
    public InvalidSpecException(String source, List<Problem> problems) {
        super(user("GDS-SPEC-INVALID")
                .message(source + " has " + problems.size() + (problems.size() == 1 ? " mistake:\n" : " mistakes:\n")
                        + problems.stream().map(p -> "  " + p).collect(Collectors.joining("\n")) + "\n")
                .remedy("correct every line named above; nothing has been touched."));
        this.problems = new ArrayList<>(problems);
    }

    /** All mistakes, in the order of the file. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }
}
