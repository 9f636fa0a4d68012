package io.gds.database.plan;

import java.util.regex.Pattern;

/**
 * Names what a step does and which revision of its contract, for example {@code member.stop@1}. A handler is found by
 * engine id and action id; a changed meaning of parameters or facts is a new version.
 *
 * @param name dotted lower-case name
 * @param version 1 or more
 */
public record ActionId(String name, int version) {
    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+)*");

    /** Checks the shape. */
    public ActionId {
        if (!SHAPE.matcher(name).matches() || version < 1) {
            throw new IllegalArgumentException(
                    "action \"" + name + "@" + version + "\": expected a dotted lower-case name and a version from 1");
        }
    }

    /** Parses {@code name@version}. */
    public static ActionId of(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("action \"" + text + "\": expected name@version");
        }
        try {
            return new ActionId(text.substring(0, at), Integer.parseInt(text.substring(at + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("action \"" + text + "\": the version is not a number", e);
        }
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
