package io.gds.database.core.internal.backup;

import io.gds.database.plan.Params;
import io.gds.database.spi.BackupCheckProvider;
import io.gds.database.spi.BackupRule;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.Secrets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads what every {@code backup} object has, and leaves the rest to the provider of its type. */
public final class BackupRules {
    private static final String MAX_AGE = "maxAge";
    private static final String REQUIRED = "required";

    private BackupRules() {}

    /**
     * Makes the rule.
     *
     * @throws io.gds.database.error.InvalidSpecException with every mistake in the settings
     */
    public static BackupRule rule(
            BackupCheckProvider provider, Params settings, Function<String, HostShell> shells, Secrets secrets) {
        TreeMap<String, Object> own = new TreeMap<>(settings.asMap());
        own.keySet().removeAll(Set.of(MAX_AGE, REQUIRED));
        TreeMap<String, Object> common = new TreeMap<>(settings.asMap());
        common.keySet().removeAll(own.keySet());
        BackupSettings read = new BackupSettings(Params.of(common));
        Duration maxAge = read.duration(MAX_AGE, BackupRule.DEFAULT_MAX_AGE);
        boolean required = read.flag(REQUIRED);
        read.done();
        return new BackupRule(provider.open(Params.of(own), shells, secrets), maxAge, required);
    }
}
