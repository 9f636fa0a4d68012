package io.gds.database.core.internal.packages;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PackageManager;
import io.gds.database.version.EngineVersion;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Packages of the host's distribution: all that were built with the one that owns the server program, pinned to one
 * version, and nothing else. Keeps nothing in memory: what is so is asked of the host each time. Thread-safe.
 */
final class SystemPackages implements PackageManager {
    private final PackageSystem system;
    private final PackageSettings settings;
    private final Function<String, HostShell> shells;

    SystemPackages(PackageSystem system, PackageSettings settings, Function<String, HostShell> shells) {
        this.system = requireNonNull(system, "system");
        this.settings = requireNonNull(settings, "settings");
        this.shells = requireNonNull(shells, "shells");
    }

    @Override
    public String describe(String member) {
        return settings.names().isEmpty()
                ? "installs by " + system.name() + ", on the member's host, the packages that belong to the one of "
                        + settings.program()
                : "installs by " + system.name() + ", on the member's host, " + settings.names();
    }

    @Override
    public List<EngineVersion> available(String member) {
        HostShell shell = shells.apply(member);
        refresh(shell);
        Survey survey = system.survey(shell);
        TreeSet<EngineVersion> out = new TreeSet<>();
        Stream.concat(
                        system.offers(shell, survey).stream()
                                .filter(o -> o.name().equals(survey.main())),
                        survey.mainPackage().map(Offer::of).stream())
                .flatMap(o -> o.version().upstream().stream())
                .forEach(out::add);
        return List.copyOf(out);
    }

    @Override
    public Optional<EngineVersion> installed(String member) {
        return installed(system.survey(shells.apply(member)));
    }

    @Override
    public List<String> changes(String member, EngineVersion version) {
        HostShell shell = shells.apply(member);
        Survey survey = system.survey(shell);
        Selection selection = Selection.of(survey, system.offers(shell, survey), version);
        return selection.isComplete()
                ? selection.changes(survey).stream().map(Change::toString).toList()
                : List.of();
    }

    @Override
    public List<Finding> preFlight(String member, EngineVersion version) {
        HostShell shell = shells.apply(member);
        return new PackagePreFlight(system, shell, member).look(settings, version, refresh(shell));
    }

    @Override
    public void download(String member, EngineVersion version) {
        HostShell shell = shells.apply(member);
        refresh(shell);
        Survey survey = survey(shell);
        List<Offer> offers = system.offers(shell, survey);
        Selection selection = select(shell, survey, offers, version);
        if (selection.changes(survey).isEmpty()) {
            return;
        }
        fetch(shell, selection.pins(), false);
        List<Offer> wayBack = offers.stream()
                .filter(o -> survey.packages().stream().anyMatch(p -> o.isOf(p) && p.is(o)))
                .toList();
        if (wayBack.size() == survey.packages().size()) {
            fetch(shell, wayBack, true); // so that the repository need not be there when it is wanted
        }
    }

    @Override
    public void install(String member, EngineVersion version) {
        HostShell shell = shells.apply(member);
        Survey survey = survey(shell);
        HostJob job = new HostJob(
                shell, settings.directory() + "/" + survey.main(), system.jobScript(), settings.lockTimeout());
        if (survey.unfinished() && job.join()) {
            survey = survey(shell);
        }
        if (installed(survey).filter(version::sameRelease).isPresent()) {
            return;
        }
        List<Offer> pins =
                select(shell, survey, system.offers(shell, survey), version).pins();
        List<Change> others = Selection.others(system.simulate(shell, pins), pins);
        if (!others.isEmpty()) {
            throw PackageErrors.user(
                    "host " + shell.host() + ": installing " + version + " would also change " + others
                            + ", and only "
                            + survey.packages().stream()
                                    .map(InstalledPackage::name)
                                    .toList()
                            + " may change",
                    "bring those packages to that state first.");
        }
        List<String> words = pins.stream().map(system::pin).toList();
        HostJob.State end = job.run(words);
        if (!end.packages().equals(String.join(" ", words))) {
            end = job.run(words); // that was somebody else's
        }
        Optional<EngineVersion> now = installed(survey(shell));
        if (now.filter(version::sameRelease).isEmpty()) {
            throw PackageErrors.environment(
                    "host " + shell.host() + ": installing " + version + " ended with " + end.exitCode()
                            + ", installed is " + now.map(v -> v.toString()).orElse("nothing whole") + ", it said: "
                            + PackageErrors.end(end.log()),
                    "remove what it complains about, then try again: that finishes what was interrupted.",
                    true);
        }
    }

    @Override
    public boolean unpack(String member, EngineVersion version, String directory) {
        HostShell shell = shells.apply(member);
        refresh(shell);
        Survey survey = survey(shell);
        List<Offer> pins =
                select(shell, survey, system.offers(shell, survey), version).pins();
        Optional<CommandResult> result = system.unpack(shell, pins, directory);
        if (result.filter(r -> !r.succeeded()).isPresent()) {
            throw PackageErrors.of("host " + shell.host() + ", unpacking " + pins, result.get());
        }
        return result.isPresent();
    }

    @Override
    public String programs(String member) {
        return settings.programs();
    }

    private static Optional<EngineVersion> installed(Survey survey) {
        return survey.isWhole() ? survey.mainPackage().flatMap(p -> p.version().upstream()) : Optional.empty();
    }

    /** An old index is no reason to stop: if it lacks the version, that is said soon enough. The failure, if any. */
    private Optional<String> refresh(HostShell shell) {
        if (!settings.refresh()) {
            return Optional.empty();
        }
        try {
            CommandResult result = system.refresh(shell);
            return result.succeeded() ? Optional.empty() : Optional.of(PackageErrors.said(result));
        } catch (GdsDatabaseException e) {
            return Optional.of(String.valueOf(e.getMessage())); // its user may not become root
        }
    }

    private Survey survey(HostShell shell) {
        Survey survey = system.survey(shell);
        if (survey.packages().isEmpty()) {
            throw PackageErrors.user(
                    "host " + shell.host() + ": no package owns " + settings.program(),
                    "correct packages.program, or give packages.names.");
        }
        return survey;
    }

    private static Selection select(HostShell shell, Survey survey, List<Offer> offers, EngineVersion version) {
        Selection selection = Selection.of(survey, offers, version);
        if (!selection.isComplete()) {
            throw PackageErrors.user(
                    "host " + shell.host() + ": version " + version + " is not available of " + selection.missing()
                            + ", available of " + survey.main() + " are "
                            + offers.stream()
                                    .filter(o -> o.name().equals(survey.main()))
                                    .map(Offer::version)
                                    .toList(),
                    "add it to a repository of that host, or ask for one of these.");
        }
        return selection;
    }

    private void fetch(HostShell shell, List<Offer> pins, boolean installed) {
        CommandResult result = system.download(shell, pins, installed);
        if (!result.succeeded()) {
            throw PackageErrors.of(
                    "host " + shell.host() + ", fetching "
                            + pins.stream().map(system::pin).toList(),
                    result);
        }
    }
}
