package io.gds.database.testkit.linux;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PackageManager;
import io.gds.database.version.EngineVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** The package manager of model hosts: pins every name to one release, as those of distributions do. */
final class ModelPackages implements PackageManager {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int LOOKS = 1500;

    private final Params settings;
    private final Function<String, HostShell> shells;

    ModelPackages(Params settings, Function<String, HostShell> shells) {
        this.settings = settings;
        this.shells = shells;
    }

    private List<String> lines(String member, String verb) {
        return shells.apply(member)
                .run(Command.of("model-packages", verb))
                .orElseThrow()
                .output()
                .lines()
                .toList();
    }

    private static EngineVersion upstream(String pin) {
        return EngineVersion.parse(pin.substring(pin.indexOf('=') + 1)).withoutRevision();
    }

    /** The newest of each name that is of the release. */
    private List<String> pins(String member, EngineVersion version) {
        List<String> offers = lines(member, "offers");
        return settings.strings("names").stream()
                .flatMap(n -> offers.stream()
                        .filter(o -> o.startsWith(n + "="))
                        .filter(o -> upstream(o).sameRelease(version))
                        .reduce((a, b) -> b)
                        .stream())
                .toList();
    }

    @Override
    public String describe(String member) {
        return "installs " + settings.strings("names");
    }

    @Override
    public List<EngineVersion> available(String member) {
        return lines(member, "offers").stream()
                .filter(o -> o.startsWith(settings.strings("names").get(0) + "="))
                .map(ModelPackages::upstream)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public Optional<EngineVersion> installed(String member) {
        if (!lines(member, "state").equals(List.of("idle"))) {
            return Optional.empty();
        }
        return lines(member, "list").stream()
                .filter(l -> l.startsWith(settings.strings("names").get(0) + "="))
                .map(ModelPackages::upstream)
                .findFirst();
    }

    @Override
    public List<String> changes(String member, EngineVersion version) {
        return pins(member, version);
    }

    @Override
    public List<Finding> preFlight(String member, EngineVersion version) {
        return pins(member, version).size() == settings.strings("names").size()
                ? List.of()
                : List.of(Finding.block(
                        "PKG-UNAVAILABLE", member, "there is no " + version, "a repository that has it", "add it."));
    }

    @Override
    public void install(String member, EngineVersion version) {
        HostShell shell = shells.apply(member);
        awaitIdle(member);
        if (installed(member).filter(version::sameRelease).isPresent()) {
            return;
        }
        String[] words = pins(member, version).toArray(String[]::new);
        shell.run(Command.of("model-packages", "install").with(words).as("root"))
                .orElseThrow();
        awaitIdle(member);
    }

    private void awaitIdle(String member) {
        for (int i = 0; i < LOOKS; i++) {
            if (lines(member, "state").equals(List.of("idle"))) {
                return;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        throw GdsDatabaseException.environment("GDS-PACKAGE")
                .message("an installation on " + member + " does not end.")
                .remedy("look there.")
                .retryable()
                .build();
    }

    @Override
    public String programs(String member) {
        return "/opt/mssql/bin";
    }
}
