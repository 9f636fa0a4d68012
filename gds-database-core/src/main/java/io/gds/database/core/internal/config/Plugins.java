package io.gds.database.core.internal.config;

import io.gds.database.core.internal.secret.SchemeSecrets;
import io.gds.database.core.internal.services.Services;
import io.gds.database.error.Problem;
import io.gds.database.spi.BackupCheckProvider;
import io.gds.database.spi.HostShellProvider;
import io.gds.database.spi.PackageManagerProvider;
import io.gds.database.spi.SecretSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * What engines are lent beyond the clock. Thread-safe.
 *
 * @param shells host shells by type
 * @param packages package managers by type
 * @param backups backup checks by type
 * @param secrets the secrets
 * @param problems plugins that could not be used
 */
public record Plugins(
        Services<HostShellProvider> shells,
        Services<PackageManagerProvider> packages,
        Services<BackupCheckProvider> backups,
        SchemeSecrets secrets,
        List<Problem> problems) {
    /** Looks for them. */
    public static Plugins load() {
        Services<HostShellProvider> shells = Services.load(HostShellProvider.class, HostShellProvider::type);
        Services<PackageManagerProvider> packages =
                Services.load(PackageManagerProvider.class, PackageManagerProvider::type);
        Services<BackupCheckProvider> backups = Services.load(BackupCheckProvider.class, BackupCheckProvider::type);
        Services<SecretSource> sources = Services.load(SecretSource.class, SecretSource::scheme);
        List<Problem> problems = Stream.of(
                        shells.problems(), packages.problems(), backups.problems(), sources.problems())
                .flatMap(List::stream)
                .toList();
        return new Plugins(shells, packages, backups, SchemeSecrets.of(sources), problems);
    }
}
