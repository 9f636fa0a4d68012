package io.gds.engine.postgres.internal.patroni.clone;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PackageManager;
import io.gds.database.version.EngineVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Versions for a clone on a host that has one version installed and must keep it: a version is the installed files, or
 * these and over them the unpacked files of another version's packages. So it has the host's extensions, and nothing is
 * installed. Thread-safe.
 */
final class UnpackedPackages implements PackageManager {
    private static final Duration COPYING = Duration.ofMinutes(10);

    private final CloneSite site;
    private final CloneNote note;
    private final HostShell shell;
    private final PackageManager host;
    private final PackageManager versions;

    /**
     * Packages of a clone.
     *
     * @param shell the host, as the clone's account
     * @param host what is installed on the host, and where more comes from
     * @param versions those that were put together, and the link to one of them
     */
    UnpackedPackages(CloneSite site, CloneNote note, HostShell shell, PackageManager host, PackageManager versions) {
        this.site = site;
        this.note = note;
        this.shell = shell;
        this.host = host;
        this.versions = versions;
    }

    @Override
    public String describe(String member) {
        return "unpacks the packages of the version below " + site.path() + " and " + versions.describe(member);
    }

    @Override
    public List<EngineVersion> available(String member) {
        return host.available(member);
    }

    @Override
    public Optional<EngineVersion> installed(String member) {
        return versions.installed(member);
    }

    /** Everything that a network is needed for. */
    @Override
    public void download(String member, EngineVersion version) {
        if (isAtHand(member, version)) {
            return;
        }
        if (!host.unpack(member, version, site.unpacked(version.toString()))) {
            throw GdsDatabaseException.user("GDS-CLONE-REFUSED")
                    .message("host " + site.host() + ": " + version + " cannot be unpacked beside the installed "
                            + host.installed(member)
                                    .map(EngineVersion::toString)
                                    .orElse("nothing")
                            + " by packages of this type.")
                    .remedy("rehearse on a copy of your own.")
                    .build();
        }
    }

    private boolean isAtHand(String member, EngineVersion version) {
        return versions.available(member).contains(version)
                || host.installed(member).filter(version::sameRelease).isPresent();
    }

    @Override
    public void install(String member, EngineVersion version) {
        if (!versions.available(member).contains(version)) {
            boolean unpacked =
                    host.installed(member).filter(version::sameRelease).isEmpty();
            if (unpacked) {
                download(member, version);
            }
            putTogether(version, unpacked ? site.unpacked(version.toString()) : "");
        }
        versions.install(member, version);
    }

    private void putTogether(EngineVersion version, String unpacked) {
        Command tree = HostScript.shell("tree.sh", site.path(), version.toString(), unpacked)
                .with(note.directories().toArray(String[]::new))
                .timeout(COPYING);
        HostScript.run(shell, "put " + version + " together for the clone", tree);
    }

    @Override
    public String programs(String member) {
        return versions.programs(member);
    }
}
