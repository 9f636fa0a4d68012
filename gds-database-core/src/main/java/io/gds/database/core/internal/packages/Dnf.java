package io.gds.database.core.internal.packages;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.Finding;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Fedora, Red Hat and their children: rpm under dnf, or under yum where that is dnf's name. Immutable. */
final class Dnf implements PackageSystem {
    private static final int OFFER_PARTS = 6;

    private final PackageSettings settings;

    Dnf(PackageSettings settings) {
        this.settings = requireNonNull(settings, "settings");
    }

    @Override
    public String name() {
        return "dnf";
    }

    @Override
    public Survey survey(HostShell shell) {
        Command survey = Scripts.command("dnf-survey.sh", settings.surveyArguments());
        return SurveyText.parse(new HostCommands(shell).ask(survey), settings.names());
    }

    @Override
    public List<Offer> offers(HostShell shell, Survey survey) {
        String[] names = survey.packages().stream()
                .map(InstalledPackage::name)
                .distinct()
                .toArray(String[]::new);
        String said = new HostCommands(shell).ask(script("offers", names).as("root"));
        List<Offer> out = new ArrayList<>();
        for (List<String> parts : new Facts(said).of("offer", OFFER_PARTS)) {
            out.add(new Offer(
                    parts.get(0),
                    parts.get(1),
                    new PackageVersion(withoutZero(parts.get(2))),
                    source(parts.get(3)),
                    number(parts.get(4)),
                    number(parts.get(5))));
        }
        out.sort(Comparator.comparing(Offer::version, PackageVersion.NATURAL).reversed());
        return out;
    }

    @Override
    public CommandResult refresh(HostShell shell) {
        return new HostCommands(shell).fetch(script("refresh", settings.directory()));
    }

    @Override
    public String cache() {
        return "/var/cache/dnf";
    }

    @Override
    public List<Change> simulate(HostShell shell, List<Offer> pins) {
        CommandResult result =
                new HostCommands(shell).answer(script("simulate", words(pins)).as("root"));
        // Told to assume no, it ends with 1, as it does when it finds no way.
        if (!result.succeeded() && !(result.output() + result.error()).contains("Operation aborted")) {
            throw PackageErrors.user(
                    "host " + shell.host() + ": dnf finds no way to bring " + Arrays.toString(words(pins)) + ": "
                            + PackageErrors.said(result),
                    "remove what it complains about.");
        }
        return DnfTable.parse(result.output());
    }

    @Override
    public CommandResult download(HostShell shell, List<Offer> pins, boolean installed) {
        String seconds = Long.toString(settings.lockTimeout().toSeconds());
        return new HostCommands(shell)
                .fetch(script("download", seconds, installed ? "reinstall" : "install")
                        .with(words(pins)));
    }

    @Override
    public Optional<CommandResult> unpack(HostShell shell, List<Offer> pins, String directory) {
        return Optional.of(
                new HostCommands(shell).fetch(script("unpack", directory).with(words(pins))));
    }

    @Override
    public String pin(Offer offer) {
        return offer.name() + "-" + offer.version() + "." + offer.architecture();
    }

    @Override
    public String jobScript() {
        return Scripts.text("dnf-common.sh")
                + Scripts.text("lock-holder.sh")
                + Scripts.text("dnf-job.sh")
                + Scripts.text("job.sh");
    }

    @Override
    public List<Finding> findings(HostShell shell, String member, Survey survey) {
        String[] names = survey.packages().stream().map(InstalledPackage::name).toArray(String[]::new);
        Command script = Scripts.command(List.of("lock-holder.sh", "dnf-findings.sh"), names)
                .as("root");
        return new HostFindings(shell.host(), member).of(new Facts(new HostCommands(shell).ask(script)), survey);
    }

    private static Command script(String what, String... arguments) {
        return Scripts.command(List.of("dnf-common.sh", "dnf-ask.sh"), what).with(arguments);
    }

    private String[] words(List<Offer> pins) {
        return pins.stream().map(this::pin).toArray(String[]::new);
    }

    /** An epoch of zero is written or not, as each tool likes. */
    private static String withoutZero(String version) {
        return version.startsWith("0:") ? version.substring(2) : version;
    }

    /** {@code acme-15.20-2.el9.src.rpm} gives {@code 15.20-2.el9}. */
    private static String source(String file) {
        String base = file.endsWith(".src.rpm") ? file.substring(0, file.length() - ".src.rpm".length()) : file;
        int release = base.lastIndexOf('-');
        return base.substring(base.lastIndexOf('-', release - 1) + 1);
    }

    private static long number(String text) {
        return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    }
}
