package io.gds.database.spi;

import static java.util.Objects.requireNonNull;

import io.gds.database.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A program with its arguments, each a word of its own: no shell ever splits or expands them.
 *
 * <p>Immutable; every method returns a changed copy. Words that are secrets are masked wherever the command or its
 * output is shown.
 */
public final class Command {
    private final List<String> words;
    private final Map<String, String> environment;
    private final @Nullable String user;
    private final Duration timeout;
    private final int maxOutput;
    private final List<Secret> masks;
    private final String input;

    private Command(
            List<String> words,
            Map<String, String> environment,
            @Nullable String user,
            Duration timeout,
            int maxOutput,
            List<Secret> masks,
            String input) {
        this.words = List.copyOf(words);
        this.environment = Map.copyOf(environment);
        this.user = user;
        this.timeout = timeout;
        this.maxOutput = maxOutput;
        this.masks = List.copyOf(masks);
        this.input = input;
    }

    /** A program and its arguments. Times out after a minute and keeps 64 KiB of output unless said. */
    public static Command of(String program, String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(requireNonNull(program, "program"));
        words.addAll(Arrays.asList(arguments));
        return new Command(words, Map.of(), null, Duration.ofMinutes(1), 64 * 1024, List.of(), "");
    }

    /** Adds arguments. */
    public Command with(String... arguments) {
        List<String> more = new ArrayList<>(words);
        more.addAll(Arrays.asList(arguments));
        return new Command(more, environment, user, timeout, maxOutput, masks, input);
    }

    /** Sets an environment variable. */
    public Command environment(String name, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(name, value);
        return new Command(words, more, user, timeout, maxOutput, masks, input);
    }

    /** Runs as another user of the host. */
    public Command as(String account) {
        return new Command(words, environment, requireNonNull(account, "account"), timeout, maxOutput, masks, input);
    }

    /** Ends the whole process tree after this time. */
    public Command timeout(Duration limit) {
        return new Command(words, environment, user, requireNonNull(limit, "limit"), maxOutput, masks, input);
    }

    /** How many characters of each output stream are kept; the rest is read and dropped. */
    public Command maxOutput(int characters) {
        return new Command(words, environment, user, timeout, characters, masks, input);
    }

    /** Masks a secret in words and output. */
    public Command mask(Secret secret) {
        List<Secret> more = new ArrayList<>(masks);
        more.add(secret);
        return new Command(words, environment, user, timeout, maxOutput, more, input);
    }

    /** What the program reads from its standard input. */
    public Command input(String text) {
        return new Command(words, environment, user, timeout, maxOutput, masks, requireNonNull(text, "text"));
    }

    /** Program and arguments. */
    public List<String> words() {
        return words;
    }

    /** Environment variables beyond those of the shell. */
    public Map<String, String> environment() {
        return environment;
    }

    /** The user to run as; empty for the shell's own. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** After which time it is ended. */
    public Duration timeout() {
        return timeout;
    }

    /** How many characters of each stream are kept. */
    public int maxOutput() {
        return maxOutput;
    }

    /** What the program reads. */
    public String input() {
        return input;
    }

    /** A text with every secret of this command masked. */
    public String masked(String text) {
        String out = text;
        for (Secret s : masks) {
            if (!s.reveal().isEmpty()) {
                out = out.replace(s.reveal(), "***");
            }
        }
        return out;
    }

    @Override
    public String toString() {
        return masked(String.join(" ", words));
    }
}
