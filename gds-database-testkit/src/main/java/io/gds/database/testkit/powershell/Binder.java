package io.gds.database.testkit.powershell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings what a command was given to its parameters: by name, by the beginning of a name, by position. */
final class Binder {
    private static final String EXCEPTION = "System.Management.Automation.ParameterBindingException";
    private static final List<Parameter> COMMON = List.of(
            Parameter.of("ErrorAction", "string").alias("ea"),
            Parameter.of("WarningAction", "string").alias("wa"),
            Parameter.of("InformationAction", "string").alias("infa"),
            Parameter.flag("Verbose").alias("vb"),
            Parameter.flag("Debug").alias("db"),
            Parameter.of("ErrorVariable", "string").alias("ev"),
            Parameter.of("WarningVariable", "string").alias("wv"),
            Parameter.of("InformationVariable", "string").alias("iv"),
            Parameter.of("OutVariable", "string").alias("ov"),
            Parameter.of("OutBuffer", "int").alias("ob"),
            Parameter.of("PipelineVariable", "string").alias("pv"));
    private static final List<Parameter> CONFIRMING = List.of(
            Parameter.flag("Confirm").alias("cf"), Parameter.flag("WhatIf").alias("wi"));

    private final Casts casts;

    Binder(Casts casts) {
        this.casts = casts;
    }

    /** What the parameters got, and what nobody wanted. */
    record Bound(Map<String, @Nullable Object> values, List<Given> rest) {
        @Nullable
        String errorAction() {
            Object value = values.get("erroraction");
            return value == null ? null : Conversions.text(value);
        }
    }

    /** For a command of the host. */
    Bound cmdlet(Cmdlet cmdlet, List<Given> given, boolean piped) {
        List<Parameter> all = new ArrayList<>(cmdlet.parameters());
        all.addAll(COMMON);
        if (cmdlet.confirms()) {
            all.addAll(CONFIRMING);
        }
        Bound bound = bind(all, cmdlet.others(), given, true, cmdlet.name());
        if (!bound.rest().isEmpty()) {
            throw unwanted(bound.rest().get(0));
        }
        for (List<String> names : cmdlet.alternatives()) {
            long there = names.stream()
                    .filter(n -> bound.values().containsKey(fold(n)))
                    .count();
            boolean mayCome =
                    piped && cmdlet.parameters().stream().anyMatch(p -> p.fromPipeline() && names.contains(p.name()));
            if (there > 1) {
                throw failure(
                        "Parameter set cannot be resolved using the specified named parameters.",
                        "AmbiguousParameterSet");
            }
            if (there == 0 && !mayCome) {
                throw missing(names.get(0));
            }
        }
        onlyKnownCommon(cmdlet, bound);
        needed(
                cmdlet.parameters().stream()
                        .filter(p -> cmdlet.alternatives().stream().noneMatch(a -> a.contains(p.name())))
                        .toList(),
                bound,
                piped);
        return bound;
    }

    private static void onlyKnownCommon(Cmdlet cmdlet, Bound bound) {
        for (Parameter p : COMMON) {
            if (bound.values().containsKey(fold(p.name())) && !p.name().equals("ErrorAction")) {
                throw new UnsupportedPowerShell("-" + p.name() + " of " + cmdlet.name());
            }
        }
        boolean confirm = cmdlet.confirms() && Conversions.truth(bound.values().get("confirm"));
        if (confirm || bound.values().containsKey("whatif")) {
            throw new UnsupportedPowerShell("-Confirm or -WhatIf of " + cmdlet.name());
        }
    }

    /** For a function or a script; a simple one takes what it was not asked for as $args. */
    Bound function(List<Parameter> parameters, List<Given> given, boolean advanced, String name) {
        List<Parameter> all = new ArrayList<>(parameters);
        if (advanced) {
            all.addAll(COMMON);
        }
        Bound bound = bind(all, Set.of(), given, advanced, name);
        if (advanced && !bound.rest().isEmpty()) {
            throw unwanted(bound.rest().get(0));
        }
        needed(parameters, bound, false);
        return bound;
    }

    private static void needed(List<Parameter> parameters, Bound bound, boolean piped) {
        List<String> missing = new ArrayList<>();
        for (Parameter p : parameters) {
            if (p.mandatory() && !bound.values().containsKey(fold(p.name())) && !(piped && p.fromPipeline())) {
                missing.add(p.name());
            }
        }
        if (!missing.isEmpty()) {
            throw missing(String.join(" ", missing));
        }
    }

    private Bound bind(List<Parameter> all, Set<String> others, List<Given> given, boolean strict, String command) {
        Map<String, @Nullable Object> values = new HashMap<>();
        List<Given> positional = new ArrayList<>();
        Deque<Given> left = new ArrayDeque<>(given);
        while (!left.isEmpty()) {
            Given next = left.removeFirst();
            Parameter p = next.name() == null ? null : named(all, others, next.name(), strict, command);
            if (p == null) {
                positional.add(next);
                continue;
            }
            Object value = next.value();
            if (!next.joined() && p.isSwitch()) {
                value = true;
            } else if (!next.joined()) {
                if (left.isEmpty() || left.getFirst().name() != null) {
                    throw failure(
                            "Missing an argument for parameter '" + p.name() + "'. Specify a parameter of type '"
                                    + fullName(p.type()) + "' and try again.",
                            "MissingArgument");
                }
                value = left.removeFirst().value();
            }
            if (values.containsKey(fold(p.name()))) {
                throw failure(
                        "Cannot bind parameter because parameter '" + p.name()
                                + "' is specified more than once. To provide multiple values to parameters that can "
                                + "accept multiple values, use the array syntax. For example, \"-parameter "
                                + "value1,value2,value3\".",
                        "ParameterAlreadyBound");
            }
            values.put(fold(p.name()), convert(p, value, strict));
        }
        return new Bound(values, byPosition(all, positional, values, strict));
    }

    private List<Given> byPosition(
            List<Parameter> all, List<Given> positional, Map<String, @Nullable Object> values, boolean strict) {
        List<Parameter> open = new ArrayList<>();
        all.stream()
                .filter(p -> p.position() >= 0 && !values.containsKey(fold(p.name())))
                .sorted(Comparator.comparingInt(Parameter::position))
                .forEach(open::add);
        List<Given> rest = new ArrayList<>();
        for (Given argument : positional) {
            if (argument.name() != null || open.isEmpty()) {
                rest.add(argument);
                continue;
            }
            Parameter p = open.remove(0);
            // of two parameters with one place, one in each set, the first is meant
            open.removeIf(o -> o.position() == p.position());
            values.put(fold(p.name()), convert(p, argument.value(), strict));
        }
        return rest;
    }

    private @Nullable Parameter named(
            List<Parameter> all, Set<String> others, String word, boolean strict, String command) {
        for (Parameter p : all) {
            if (p.answersTo(word)) {
                return p;
            }
        }
        if (others.contains(fold(word))) {
            throw new UnsupportedPowerShell("-" + word + " of " + command);
        }
        List<String> candidates = new ArrayList<>();
        List<Parameter> matches = new ArrayList<>();
        for (Parameter p : all) {
            if (p.beginsWith(word)) {
                matches.add(p);
                candidates.add("-" + p.name());
            }
        }
        others.stream().filter(o -> o.startsWith(fold(word))).forEach(o -> candidates.add("-" + o));
        if (candidates.size() > 1) {
            throw failure(
                    "Parameter cannot be processed because the parameter name '" + word
                            + "' is ambiguous. Possible matches include: " + String.join(" ", candidates) + ".",
                    "AmbiguousParameter");
        }
        if (!matches.isEmpty()) {
            return matches.get(0);
        }
        if (!candidates.isEmpty()) {
            throw new UnsupportedPowerShell(candidates.get(0) + " of " + command);
        }
        if (!strict) {
            return null;
        }
        throw failure(
                "A parameter cannot be found that matches parameter name '" + word + "'.", "NamedParameterNotFound");
    }

    /** A value as a parameter wants it. */
    @Nullable
    Object convert(Parameter p, @Nullable Object given, boolean cmdlet) {
        Object value = Conversions.plain(given);
        ParameterChecks.beforeConversion(p, value);
        try {
            boolean manyAsOne = Conversions.isMany(value) && p.type().equalsIgnoreCase("string");
            if (manyAsOne) {
                throw Numbers.castFailure("Cannot convert value to type System.String.", "CannotConvert");
            }
            if (value instanceof String && (p.isSwitch() || p.type().equalsIgnoreCase("bool"))) {
                throw Numbers.castFailure(
                        "Cannot convert value \"System.String\" to type \"System.Boolean\". Boolean parameters accept "
                                + "only Boolean values and numbers, such as $True, $False, 1 or 0 instead.",
                        "CannotConvert");
            }
            value = casts.cast(value, p.type());
        } catch (NetFailure e) {
            String why = e.exception().message();
            throw failure(
                    cmdlet
                            ? "Cannot bind parameter '" + p.name() + "'. " + why
                            : "Cannot process argument transformation on parameter '" + p.name() + "'. " + why,
                    cmdlet ? "CannotConvertArgumentNoMessage" : "ParameterArgumentTransformationError");
        }
        ParameterChecks.afterConversion(p, value);
        return value;
    }

    private static String fullName(String type) {
        return switch (fold(type)) {
            case "string" -> "System.String";
            case "string[]" -> "System.String[]";
            case "int" -> "System.Int32";
            default -> type;
        };
    }

    private static NetFailure unwanted(Given argument) {
        return failure(
                "A positional parameter cannot be found that accepts argument '" + argument.text() + "'.",
                "PositionalParameterNotFound");
    }

    private static NetFailure missing(String names) {
        return failure(
                "Cannot process command because of one or more missing mandatory parameters: " + names + ".",
                "MissingMandatoryParameter");
    }

    static NetFailure failure(String message, String id) {
        return new NetFailure(new NetException(EXCEPTION, message), "InvalidArgument", id);
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
