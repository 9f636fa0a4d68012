package io.gds.database.testkit.powershell;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A command. Parameters that the real one has and the model has not are named, so that a script that uses one, and a
 * short form that the real one would find ambiguous, are refused. To be filled before scripts run.
 */
public final class Cmdlet {
    private final String name;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Set<String> others = new HashSet<>();
    private final List<List<String>> alternatives = new ArrayList<>();
    private boolean confirms;
    private @Nullable Function<CmdletCall, Running> body;

    /** A command at work in a pipeline. */
    public interface Running {
        /** Takes one object. */
        void process(@Nullable Object input);

        /** There are no more objects. */
        default void end() {}
    }

    private Cmdlet(String name) {
        this.name = requireNonNull(name, "name");
    }

    /** One without parameters yet. */
    public static Cmdlet named(String name) {
        return new Cmdlet(name);
    }

    /** Adds parameters. */
    public Cmdlet takes(Parameter... more) {
        parameters.addAll(List.of(more));
        return this;
    }

    /** Names parameters of the real command that are not modelled. */
    public Cmdlet knows(String... names) {
        for (String other : names) {
            others.add(other.toLowerCase(Locale.ROOT));
        }
        return this;
    }

    /** Of these exactly one must be given. */
    public Cmdlet either(String... names) {
        alternatives.add(List.of(names));
        return this;
    }

    /** It takes -WhatIf, which is not modelled, and -Confirm, of which only {@code -Confirm:$false} is. */
    public Cmdlet confirming() {
        confirms = true;
        return this;
    }

    /** What it does: once, or once for each object that comes down the pipeline. */
    public Cmdlet does(Consumer<CmdletCall> work) {
        body = call -> new Running() {
            @Override
            public void process(@Nullable Object input) {
                call.input(input);
                work.accept(call);
            }
        };
        return this;
    }

    /** What it does, when it must see the whole pipeline. */
    Cmdlet runs(Function<CmdletCall, Running> work) {
        body = work;
        return this;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    Set<String> others() {
        return others;
    }

    List<List<String>> alternatives() {
        return alternatives;
    }

    boolean confirms() {
        return confirms;
    }

    Running start(CmdletCall call) {
        if (body == null) {
            throw new IllegalStateException(name + " does nothing");
        }
        return body.apply(call);
    }
}
