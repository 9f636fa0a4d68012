package io.gds.engine.postgres.internal.dump;

import io.gds.database.Secret;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PackageManager;
import io.gds.database.spi.Secrets;
import io.gds.engine.postgres.internal.config.MemberSpec;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.sql.Connections;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Backup and restore of a database: by pg_dump where there is one, otherwise by our own dump of a declared subset. */
public final class Backups {
    private static final int MAJOR = 10000;
    private static final String PG_DUMP_DIRECTORY = "dump";

    private final PostgresSpec spec;
    private final Connections connections;
    private final Secrets secrets;
    private final Optional<PackageManager> packages;
    private final Function<String, HostShell> shells;
    private final Clock clock;

    /** Backups of a cluster's databases. */
    public Backups(
            PostgresSpec spec,
            Connections connections,
            Secrets secrets,
            Optional<PackageManager> packages,
            Function<String, HostShell> shells,
            Clock clock) {
        this.spec = spec;
        this.connections = connections;
        this.secrets = secrets;
        this.packages = packages;
        this.shells = shells;
        this.clock = clock;
    }

    /** Writes a database into a directory; returns in words what was written. */
    public String backup(String database, Path path) {
        DumpDirectory directory = new DumpDirectory(path.toAbsolutePath());
        directory.requireEmpty();
        Primary primary = primary();
        Optional<PgDump> tool = pgDump(primary);
        if (tool.isEmpty()) {
            Manifest written = connections.unhurried(database, s -> new OwnDump(s, database, directory).write());
            long rows =
                    written.tables().stream().mapToLong(Manifest.Table::rows).sum();
            return "wrote " + rows + " rows of " + written.tables().size() + " tables to " + directory.path();
        }
        directory.create();
        Path dump = directory.file(PG_DUMP_DIRECTORY);
        tool.get().dump(primary.member().address(), spec.connection(), password(), database, dump);
        directory.write(
                Manifest.FILE,
                new Manifest(
                                Manifest.PG_DUMP,
                                database,
                                primary.version(),
                                clock.instant().toString(),
                                "",
                                List.of(),
                                List.of())
                        .toJson());
        return "wrote by pg_dump to " + directory.path();
    }

    /** Reads a directory into a database that is there and empty; returns in words what was read. */
    public String restore(String database, Path path) {
        DumpDirectory directory = new DumpDirectory(path.toAbsolutePath());
        Manifest manifest = directory.manifest();
        if (manifest.format().equals(Manifest.OWN)) {
            connections.unhurried(database, s -> {
                EmptyCheck.require(database, s);
                new OwnRestore(s, directory, manifest).load();
                return true;
            });
            long rows =
                    manifest.tables().stream().mapToLong(Manifest.Table::rows).sum();
            return "loaded " + rows + " rows of " + manifest.tables().size() + " tables";
        }
        if (!manifest.format().equals(Manifest.PG_DUMP)) {
            throw GdsDatabaseException.user("GDS-BACKUP-DAMAGED")
                    .message("the backup's format is \"" + manifest.format() + "\", which is not known.")
                    .remedy("restore it with the version of this library that wrote it.")
                    .build();
        }
        Primary primary = primary();
        connections.onPrimary(database, s -> {
            EmptyCheck.require(database, s);
            return true;
        });
        PgDump tool = pgDump(primary).orElseThrow(() -> GdsDatabaseException.environment("GDS-BACKUP-TOOL")
                .message("the backup was written by pg_dump, and there is no pg_restore of major version "
                        + primary.version() / MAJOR + " or later.")
                .remedy("install it where the shell finds it.")
                .build());
        tool.restore(
                primary.member().address(), spec.connection(), password(), database, directory.file(PG_DUMP_DIRECTORY));
        return "loaded by pg_restore";
    }

    private record Primary(MemberSpec member, int version) {}

    /** The primary as a member: pg_dump takes one address. */
    private Primary primary() {
        for (MemberSpec member : spec.members()) {
            try {
                Optional<Primary> found = connections.onMember(
                        member.name(),
                        s -> s.inRecovery() ? Optional.empty() : Optional.of(new Primary(member, s.serverVersion())));
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (GdsDatabaseException e) {
                if (!e.retryable()) {
                    throw e;
                }
            }
        }
        throw GdsDatabaseException.environment("GDS-CONNECTION")
                .message("no member of " + spec.name() + " is primary just now.")
                .remedy("try again when one is.")
                .retryable()
                .build();
    }

    /** Only on this machine: elsewhere the directory would be somebody else's. */
    private Optional<PgDump> pgDump(Primary primary) {
        boolean local = spec.shell()
                .flatMap(s -> s.optionalString("type"))
                .filter("local"::equals)
                .isPresent();
        if (!local) {
            return Optional.empty();
        }
        HostShell shell = shells.apply(primary.member().name());
        int major = primary.version() / MAJOR;
        return packages.map(p -> p.programs(primary.member().name()))
                .flatMap(programs -> PgDump.find(shell, programs, major))
                .or(() -> PgDump.find(shell, "", major));
    }

    private Secret password() {
        return secrets.resolve(spec.connection().password());
    }
}
