package io.gds.database.core.internal.packages;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.Finding;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Debian and its children: dpkg under apt-get. Immutable. */
final class Apt implements PackageSystem {
    private static final Pattern PLANNED =
            Pattern.compile("(Inst|Remv) (\\S+)(?: \\[([^\\]]*)\\])?(?: \\((\\S+) [^)]*\\))?.*");

    private final PackageSettings settings;

    Apt(PackageSettings settings) {
        this.settings = requireNonNull(settings, "settings");
    }

    @Override
    public String name() {
        return "apt-get";
    }

    @Override
    public Survey survey(HostShell shell) {
        Command survey = Scripts.command("apt-survey.sh", settings.surveyArguments());
        return SurveyText.parse(new HostCommands(shell).ask(survey), settings.names());
    }

    @Override
    public List<Offer> offers(HostShell shell, Survey survey) {
        Command show = Command.of("apt-cache", "-q", "show").environment("LC_ALL", "C");
        for (InstalledPackage each : survey.packages()) {
            show = show.with(word(each.name(), each.architecture()));
        }
        // It ends with 100 when it knows one of them not at all: then that one is missing.
        return AptIndex.parse(new HostCommands(shell).answer(show).output());
    }

    @Override
    public CommandResult refresh(HostShell shell) {
        return new HostCommands(shell).fetch(Scripts.command("apt-refresh.sh", settings.directory(), seconds()));
    }

    @Override
    public String cache() {
        return "/var/cache/apt/archives";
    }

    @Override
    public List<Change> simulate(HostShell shell, List<Offer> pins) {
        Command command = Command.of(
                        "apt-get",
                        "-q",
                        "-s",
                        "--no-install-recommends",
                        "--allow-downgrades",
                        "--allow-change-held-packages",
                        "install")
                .with(words(pins))
                .environment("LC_ALL", "C");
        List<Change> out = new ArrayList<>();
        for (String line : new HostCommands(shell).ask(command).split("\n", -1)) {
            Matcher m = PLANNED.matcher(line);
            if (m.matches()) {
                boolean goes = m.group(1).equals("Remv");
                out.add(new Change(m.group(2), orEmpty(m.group(3)), goes ? "" : orEmpty(m.group(4))));
            }
        }
        return out;
    }

    @Override
    public CommandResult download(HostShell shell, List<Offer> pins, boolean installed) {
        return new HostCommands(shell)
                .fetch(Scripts.command("apt-download.sh", seconds()).with(words(pins)));
    }

    @Override
    public Optional<CommandResult> unpack(HostShell shell, List<Offer> pins, String directory) {
        return Optional.of(new HostCommands(shell)
                .unpack(Scripts.command("apt-unpack.sh", directory).with(words(pins))));
    }

    @Override
    public String pin(Offer offer) {
        return word(offer.name(), offer.architecture()) + "=" + offer.version();
    }

    @Override
    public String jobScript() {
        return Scripts.text("apt-job.sh") + Scripts.text("job.sh");
    }

    @Override
    public List<Finding> findings(HostShell shell, String member, Survey survey) {
        Command script =
                Scripts.command(List.of("lock-holder.sh", "apt-findings.sh")).as("root");
        return new HostFindings(shell.host(), member).of(new Facts(new HostCommands(shell).ask(script)), survey);
    }

    /** Debian writes no architecture into names of packages that fit all. */
    private static String word(String name, String architecture) {
        return architecture.equals("all") || architecture.isEmpty() ? name : name + ":" + architecture;
    }

    private String[] words(List<Offer> pins) {
        return pins.stream().map(this::pin).toArray(String[]::new);
    }

    private String seconds() {
        return Long.toString(settings.lockTimeout().toSeconds());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
