package io.gds.engine.mssql.internal.config;

import io.gds.database.spi.SpecFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the list {@code targets}: it stands so in a spec and in {@code sql_targets.json}. */
final class TargetFields {
    private static final String HOST = "[A-Za-z0-9._:%-]{1,255}";
    private static final String INSTANCE = "[A-Za-z_#][A-Za-z0-9_#$]{0,15}";
    private static final String WORDS =
            Stream.of(Authentication.values()).map(Authentication::word).collect(Collectors.joining(", "));

    private TargetFields() {}

    static List<TargetSpec> read(SpecFields at) {
        List<TargetSpec> targets = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SpecFields f : at.objects("targets")) {
            TargetSpec target = target(f);
            if (!target.server().isEmpty() && !names.add(target.name().toLowerCase(Locale.ROOT))) {
                f.wrong("server", "\"" + target.name() + "\" again", "each instance once");
            }
            targets.add(target);
        }
        return targets;
    }

    private static TargetSpec target(SpecFields f) {
        f.only("server", "instance", "port", "authentication", "user", "secret", "tags", "environment", "enabled");
        TargetSpec reached = instance(f);
        return new TargetSpec(
                reached.server(),
                reached.instance(),
                reached.port(),
                reached.authentication(),
                reached.user(),
                reached.secret(),
                f.has("tags") ? Set.copyOf(f.texts("tags", "a list of words")) : Set.of(),
                f.text("environment", "production, test or another word"),
                f.flag("enabled", true));
    }

    /** An instance that is no target: it is reached like one, and has no word about itself. */
    static TargetSpec sandbox(SpecFields f) {
        return instance(f);
    }

    private static TargetSpec instance(SpecFields f) {
        String server = f.text("server", "a host name or address");
        if (!server.isEmpty() && !server.matches(HOST)) {
            f.wrong("server", "\"" + server + "\"", "a host name or address; the instance has a field of its own");
        }
        Optional<String> instance = f.optionalText("instance");
        if (instance.filter(i -> !i.matches(INSTANCE)).isPresent()) {
            f.wrong("instance", "\"" + instance.get() + "\"", "the name of an instance, up to 16 characters");
        }
        Authentication authentication = authentication(f);
        Optional<String> user = f.optionalText("user");
        Optional<String> secret = f.has("secret") ? Optional.of(f.secret("secret")) : Optional.empty();
        if (authentication == Authentication.KERBEROS) {
            if (secret.isPresent()) {
                f.wrong("secret", "a reference", "nothing: with kerberos this process has a ticket");
            }
        } else {
            if (user.isEmpty()) {
                f.wrong("user", "nothing", "the login to use");
            }
            if (secret.isEmpty()) {
                f.wrong("secret", "nothing", "a reference such as env:SQL_PASSWORD");
            }
        }
        return new TargetSpec(
                server,
                instance.filter(i -> !i.equalsIgnoreCase(TargetSpec.DEFAULT_INSTANCE)),
                f.has("port") ? OptionalInt.of(f.port("port")) : OptionalInt.empty(),
                authentication,
                user,
                secret,
                Set.of(),
                "sandbox",
                true);
    }

    private static Authentication authentication(SpecFields f) {
        String word = f.optionalText("authentication").orElse(Authentication.SQL.word());
        Optional<Authentication> named = Authentication.named(word);
        if (named.isEmpty()) {
            f.wrong("authentication", "\"" + word + "\"", "one of " + WORDS);
        }
        return named.orElse(Authentication.SQL);
    }
}
