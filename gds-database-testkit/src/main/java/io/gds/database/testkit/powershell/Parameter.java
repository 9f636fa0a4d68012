package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a command.
 *
 * @param name its name
 * @param type a type as scripts write it; "switch" for one without a value
 * @param aliases other names
 * @param position its place among the arguments without a name, from zero; -1 when it has none
 * @param mandatory whether it must be given
 * @param fromPipeline whether it takes what comes down the pipeline
 * @param notEmpty whether null, and what is empty, is refused
 * @param allowed the only values it may have; empty for any
 */
public record Parameter(
        String name,
        String type,
        List<String> aliases,
        int position,
        boolean mandatory,
        boolean fromPipeline,
        boolean notEmpty,
        List<String> allowed) {

    /** A parameter that is given by name. */
    public static Parameter of(String name, String type) {
        return new Parameter(name, type, List.of(), -1, false, false, false, List.of());
    }

    /** One that is there or not. */
    public static Parameter flag(String name) {
        return of(name, "switch");
    }

    /** The same, and it may stand without its name. */
    public Parameter at(int place) {
        return new Parameter(name, type, aliases, place, mandatory, fromPipeline, notEmpty, allowed);
    }

    /** The same, and it must be given; neither null nor empty will do. */
    public Parameter needed() {
        return new Parameter(name, type, aliases, position, true, fromPipeline, notEmpty, allowed);
    }

    /** The same, and it takes what comes down the pipeline. */
    public Parameter piped() {
        return new Parameter(name, type, aliases, position, mandatory, true, notEmpty, allowed);
    }

    /** The same, and neither null nor empty will do. */
    public Parameter filled() {
        return new Parameter(name, type, aliases, position, mandatory, fromPipeline, true, allowed);
    }

    /** The same, with another name. */
    public Parameter alias(String alias) {
        List<String> more = new ArrayList<>(aliases);
        more.add(alias);
        return new Parameter(name, type, List.copyOf(more), position, mandatory, fromPipeline, notEmpty, allowed);
    }

    /** The same, with these values only. */
    public Parameter oneOf(String... values) {
        return new Parameter(name, type, aliases, position, mandatory, fromPipeline, notEmpty, List.of(values));
    }

    boolean isSwitch() {
        return type.equalsIgnoreCase("switch");
    }

    boolean answersTo(@Nullable String word) {
        return name.equalsIgnoreCase(word) || aliases.stream().anyMatch(a -> a.equalsIgnoreCase(word));
    }

    boolean beginsWith(String word) {
        return name.regionMatches(true, 0, word, 0, word.length())
                || aliases.stream().anyMatch(a -> a.regionMatches(true, 0, word, 0, word.length()));
    }
}
