package io.gds.database.core.internal.packages;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import io.gds.database.version.EngineVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What speaks against a version on one host, as far as all package systems have it in common. Confined to one thread. */
final class PackagePreFlight {
    private final PackageSystem system;
    private final HostShell shell;
    private final String member;
    private final List<Finding> findings = new ArrayList<>();

    PackagePreFlight(PackageSystem system, HostShell shell, String member) {
        this.system = requireNonNull(system, "system");
        this.shell = requireNonNull(shell, "shell");
        this.member = requireNonNull(member, "member");
    }

    /**
     * Looks.
     *
     * @param refreshed why the index could not be fetched, empty when it was or was not wanted
     */
    List<Finding> look(PackageSettings settings, EngineVersion version, Optional<String> refreshed) {
        if (!privilege()) {
            return findings;
        }
        refreshed.ifPresent(this::index);
        Survey survey = system.survey(shell);
        if (survey.packages().isEmpty()) {
            findings.add(Finding.block(
                    "PKG-OWNER",
                    member,
                    "no package owns " + settings.program() + " on " + shell.host(),
                    "a package that owns the server program",
                    "correct packages.program, give packages.names, or use another type of packages."));
            return findings;
        }
        List<Offer> offers = system.offers(shell, survey);
        Selection selection = Selection.of(survey, offers, version);
        if (!selection.isComplete()) {
            unavailable(survey, offers, selection, version);
        } else if (survey.unfinished() || !selection.changes(survey).isEmpty()) {
            state(survey);
            plan(selection);
            wayBack(survey, offers);
            findings.addAll(new Room(settings, system).findings(shell, member, selection.changing(survey)));
            findings.addAll(system.findings(shell, member, survey));
        }
        return findings;
    }

    private boolean privilege() {
        String found;
        try {
            CommandResult id = shell.run(Command.of("id", "-u").as("root"));
            if (id.succeeded() && id.output().strip().equals("0")) {
                return true;
            }
            found = id.succeeded() ? "uid " + id.output().strip() : PackageErrors.said(id);
        } catch (GdsDatabaseException e) {
            found = e.getMessage();
        }
        findings.add(Finding.block(
                "PKG-ROOT",
                member,
                "commands on " + shell.host() + " cannot be run as root: " + found,
                "a user that may become root",
                "let the shell's user use sudo on that host, or give another user."));
        return false;
    }

    private void index(String failure) {
        findings.add(Finding.warn(
                "PKG-INDEX",
                member,
                "the index of a repository could not be fetched: " + PackageErrors.end(failure),
                "an index of today",
                "repair the repository or the way to it; what is known of before is used."));
    }

    private void unavailable(Survey survey, List<Offer> offers, Selection selection, EngineVersion version) {
        findings.add(Finding.block(
                "PKG-UNAVAILABLE",
                member,
                "of " + selection.missing() + " no repository of " + shell.host() + " has " + version + "; of "
                        + survey.main() + " there are " + versions(survey, offers),
                "one release of all packages that belong together",
                "add the missing packages to a repository of that host, or ask for another version."));
    }

    private static List<String> versions(Survey survey, List<Offer> offers) {
        return offers.stream()
                .filter(o -> o.name().equals(survey.main()))
                .map(o -> o.version().text())
                .distinct()
                .toList();
    }

    private void state(Survey survey) {
        if (!survey.isWhole()) {
            findings.add(Finding.warn(
                    "PKG-UNFINISHED",
                    member,
                    "an installation on " + shell.host() + " was interrupted: "
                            + names(survey, p -> !p.whole() || survey.unfinished()),
                    "packages that are installed completely",
                    "go on: the next installation finishes it."));
        }
        survey.mainPackage().ifPresent(main -> {
            String others = names(survey, p -> p.whole() && !p.source().equals(main.source()));
            if (!others.isEmpty()) {
                findings.add(Finding.warn(
                        "PKG-MIXED",
                        member,
                        others + " beside " + main.name() + " " + main.version(),
                        "packages of one release",
                        "go on: they will all be brought to one release."));
            }
        });
        String held = names(survey, InstalledPackage::held);
        if (!held.isEmpty()) {
            findings.add(Finding.ack(
                    "PKG-HELD",
                    member,
                    "somebody holds " + held + " on " + shell.host(),
                    "packages that nobody holds",
                    "ask who holds them and why; acknowledged, they are changed and stay held."));
        }
    }

    private static String names(Survey survey, java.util.function.Predicate<InstalledPackage> which) {
        return survey.packages().stream()
                .filter(which)
                .map(p -> p.name() + " " + p.version())
                .collect(Collectors.joining(", "));
    }

    private void plan(Selection selection) {
        String found;
        try {
            List<Change> others = Selection.others(system.simulate(shell, selection.pins()), selection.pins());
            if (others.isEmpty()) {
                return;
            }
            found = "it would also change " + others;
        } catch (GdsDatabaseException e) {
            found = e.getMessage();
        }
        findings.add(Finding.block(
                "PKG-OTHERS",
                member,
                found + " on " + shell.host(),
                "only " + selection.pins().stream().map(Offer::name).toList() + " change",
                "bring the other packages to that state first."));
    }

    private void wayBack(Survey survey, List<Offer> offers) {
        String lost = names(survey, p -> p.whole() && offers.stream().noneMatch(o -> o.isOf(p) && p.is(o)));
        if (!lost.isEmpty()) {
            findings.add(Finding.ack(
                    "PKG-NO-WAY-BACK",
                    member,
                    "no repository of " + shell.host() + " has " + lost + " any more",
                    "the installed versions in a repository, for a rollback",
                    "keep these versions in a repository of your own, or acknowledge that there is no way back."));
        }
    }
}
