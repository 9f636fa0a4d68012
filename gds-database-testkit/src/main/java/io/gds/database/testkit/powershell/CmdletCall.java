package io.gds.database.testkit.powershell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One use of a command: what it was given, and where its output goes. Used by the thread that runs the script. */
public final class CmdletCall {
    private final Session session;
    private final Cmdlet cmdlet;
    private final Map<String, @Nullable Object> bound;
    private final Output out;
    private final Position at;
    private final @Nullable String errorAction;
    private final List<String> fromPipeline = new ArrayList<>();

    CmdletCall(
            Session session,
            Cmdlet cmdlet,
            Map<String, @Nullable Object> bound,
            Output out,
            Position at,
            @Nullable String errorAction) {
        this.session = session;
        this.cmdlet = cmdlet;
        this.bound = bound;
        this.out = out;
        this.at = at;
        this.errorAction = errorAction;
    }

    /** Gives an object of the pipeline to the parameter that takes it; Nothing stands for no pipeline. */
    void input(@Nullable Object value) {
        if (value == Nothing.VALUE) {
            return;
        }
        for (Parameter p : cmdlet.parameters()) {
            String key = p.name().toLowerCase(Locale.ROOT);
            if (p.fromPipeline() && (!bound.containsKey(key) || fromPipeline.contains(key))) {
                bound.put(key, session.binder().convert(p, value, true));
                fromPipeline.add(key);
                return;
            }
        }
        throw new UnsupportedPowerShell(cmdlet.name() + " with input from a pipeline");
    }

    Session session() {
        return session;
    }

    Position at() {
        return at;
    }

    /** Whether a parameter was given. */
    public boolean has(String parameter) {
        return bound.containsKey(parameter.toLowerCase(Locale.ROOT));
    }

    /** A parameter's value; null when it was not given. */
    public @Nullable Object value(String parameter) {
        return bound.get(parameter.toLowerCase(Locale.ROOT));
    }

    /** A parameter's value as a string; empty when it was not given. */
    public String text(String parameter) {
        return Conversions.text(value(parameter));
    }

    /** A parameter's values as strings. */
    public List<String> texts(String parameter) {
        List<String> out = new ArrayList<>();
        if (value(parameter) != null) {
            Conversions.items(value(parameter)).forEach(v -> out.add(Conversions.text(v)));
        }
        return out;
    }

    /** A parameter's value as an int. */
    public int integer(String parameter, int otherwise) {
        return has(parameter) ? Numbers.integer(value(parameter)) : otherwise;
    }

    /** Whether a switch was given, and not as {@code :$false}. */
    public boolean flag(String parameter) {
        return Conversions.truth(value(parameter));
    }

    /** A parameter's value as a TimeSpan; zero when it was not given. */
    public Duration duration(String parameter) {
        return value(parameter) instanceof Duration d ? d : Duration.ZERO;
    }

    /** Writes one object. */
    public void write(@Nullable Object value) {
        out.write(value);
    }

    /** Reports an error and goes on, unless ErrorAction says that it ends the script. */
    public void error(NetFailure failure) {
        session.errors().ofCommand(failure, cmdlet.name(), at, errorAction);
    }

    /** Does something whose failure is an error after which the command goes on. */
    public void each(Runnable work) {
        try {
            work.run();
        } catch (NetFailure failure) {
            error(failure);
        }
    }
}
