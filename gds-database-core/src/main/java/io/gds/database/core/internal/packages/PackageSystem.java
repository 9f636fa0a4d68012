package io.gds.database.core.internal.packages;

import io.gds.database.plan.Finding;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import java.util.List;
import java.util.Optional;

/** What is particular to one distribution's packages. Without state; every method may be called again at any time. */
interface PackageSystem {
    /** The name of the program that does it. */
    String name();

    /** What is installed. Needs no privilege. */
    Survey survey(HostShell shell);

    /** What the repositories have of these packages, newest first, by the index as it lies on the host. */
    List<Offer> offers(HostShell shell, Survey survey);

    /** Fetches the repositories' index. */
    CommandResult refresh(HostShell shell);

    /** The directory that fetched packages lie in. */
    String cache();

    /** What the system would do to bring these versions; nothing is done. */
    List<Change> simulate(HostShell shell, List<Offer> pins);

    /**
     * Fetches packages into the host's cache.
     *
     * @param installed whether these are the installed versions
     */
    CommandResult download(HostShell shell, List<Offer> pins, boolean installed);

    /**
     * Lays the packages' files below a directory that is not there yet, as {@link
     * io.gds.database.spi.PackageManager#unpack} wants it; empty when it cannot.
     */
    default Optional<CommandResult> unpack(HostShell shell, List<Offer> pins, String directory) {
        return Optional.empty();
    }

    /** The package and its version as one word of the system's own command. */
    String pin(Offer offer);

    /** What its installation job runs, as {@code job.sh} expects it. */
    String jobScript();

    /** What speaks against an installation beyond what all systems have in common. */
    List<Finding> findings(HostShell shell, String member, Survey survey);
}
