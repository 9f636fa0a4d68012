package io.gds.engine.mssql.internal.setup;

import io.gds.database.spi.SpecFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What setup is called with: switches such as {@code /quiet} and {@code /Action=Patch}. Names have no case. Immutable; never
 * holds a password.
 */
public final class SetupArguments {
    private static final String SWITCH = "/[A-Za-z][A-Za-z0-9_]*([=:].*)?";
    /** Characters by which a command line ends an argument or a shell does something of its own. */
    private static final String UNSAFE = "[\"'`%&|<>^\\p{Cntrl}]";
    /** Setup's own names for passwords and keys: SAPWD, SQLSVCPASSWORD, AZURESERVICEPRINCIPALSECRET and many others. */
    private static final String SECRET = "PID|.*(PASSWORD|PASSPHRASE|PWD|SECRET).*";
    /** A mapping lies about in plain text and goes through logs: from a secret's name on nothing is shown. */
    private static final String SECRET_SHOWN = "(?is)(PASSWORD|PASSPHRASE|PWD|SECRET|PID).*";
    /** The name that a word begins with, and others that something is given to further on. */
    private static final Pattern NAMES = Pattern.compile("^\\W*\\w+|\\w+(?=[=:])");

    private static final Set<String> QUIET = Set.of("QUIET", "Q", "QS");
    private static final String ACTION = "ACTION";
    private static final String LICENCE = "IACCEPTSQLSERVERLICENSETERMS";
    private static final List<String> INSTANCES = List.of("ALLINSTANCES", "INSTANCENAME", "INSTANCEID");

    private final List<String> words;

    private SetupArguments(List<String> words) {
        this.words = List.copyOf(words);
    }

    /** What is said where a mapping says nothing: patch every instance of this version, and ask nobody. */
    public static SetupArguments usual() {
        return new SetupArguments(List.of("/quiet", "/IAcceptSQLServerLicenseTerms", "/Action=Patch", "/AllInstances"));
    }

    /** Reads them from a field and notes what is wrong; the usual ones when the field is not there. */
    public static SetupArguments read(SpecFields fields, String key) {
        Optional<String> text = fields.optionalText(key);
        if (text.isEmpty()) {
            return usual();
        }
        List<String> words = new ArrayList<>();
        for (String word : text.get().strip().split("\\s+", -1)) {
            if (isSecret(word)) {
                fields.wrong(
                        key, word.replaceFirst(SECRET_SHOWN, "$1=***"), "no passwords and keys: an update needs none");
                if (!word.matches("[^\"'=:]+[=:][^\"']+")) {
                    // The words behind it may be a part of it.
                    return usual();
                }
            } else if (!word.matches(SWITCH) || word.matches(".*" + UNSAFE + ".*")) {
                fields.wrong(key, "\"" + word + "\"", "switches such as /quiet or /Action=Patch, without quotes");
            } else {
                words.add(word);
            }
        }
        SetupArguments read = new SetupArguments(words);
        read.check(fields, key);
        return read;
    }

    private void check(SpecFields fields, String key) {
        if (words.stream().noneMatch(SetupArguments::isQuiet)) {
            fields.wrong(key, "\"" + this + "\"", "/quiet among them: nobody sits there to answer questions");
        }
        words.stream()
                .filter(w -> name(w).equals(ACTION) && !valueOf(w).equalsIgnoreCase("Patch"))
                .forEach(w -> fields.wrong(key, w, "/Action=Patch"));
    }

    private static boolean isQuiet(String word) {
        return QUIET.contains(name(word)) && !valueOf(word).matches("(?i)false|0");
    }

    private static boolean isSecret(String word) {
        return NAMES.matcher(word.toUpperCase(Locale.ROOT))
                .results()
                .anyMatch(name -> name.group().replaceFirst("^\\W+", "").matches(SECRET));
    }

    /** The words, each one argument. */
    public List<String> words() {
        return words;
    }

    /** Whether a switch is there, with or without a value. */
    public boolean has(String name) {
        return words.stream().anyMatch(w -> name(w).equals(name.toUpperCase(Locale.ROOT)));
    }

    /** The value of a switch. */
    public Optional<String> value(String name) {
        return words.stream()
                .filter(w -> name(w).equals(name.toUpperCase(Locale.ROOT)))
                .map(SetupArguments::valueOf)
                .findFirst();
    }

    /** Whether it says which instances are meant. Where it does not, setup patches the shared components and no instance. */
    public boolean namesInstances() {
        return INSTANCES.stream().anyMatch(this::has);
    }

    /** Whether it accepts the licence, without which setup from 2012 on ends at once when nobody can be asked. */
    public boolean acceptsLicence() {
        return has(LICENCE);
    }

    /** The arguments by which the same package is taken from the same instances again. */
    public SetupArguments removal() {
        List<String> back = new ArrayList<>();
        for (String word : words) {
            // Setup knows no licence terms for a removal and ends with an error over a switch that it does not know.
            if (!name(word).equals(ACTION) && !name(word).equals(LICENCE)) {
                back.add(word);
            }
        }
        back.add("/Action=RemovePatch");
        return new SetupArguments(back);
    }

    private static String name(String word) {
        return word.replaceFirst("^/", "").replaceFirst("[=:].*$", "").toUpperCase(Locale.ROOT);
    }

    private static String valueOf(String word) {
        return word.replaceFirst("^[^=:]*[=:]?", "");
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof SetupArguments other && words.equals(other.words);
    }

    @Override
    public int hashCode() {
        return words.hashCode();
    }

    @Override
    public String toString() {
        return words.stream().collect(Collectors.joining(" "));
    }
}
