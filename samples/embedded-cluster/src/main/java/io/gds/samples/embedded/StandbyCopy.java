package io.gds.samples.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/**
 * Makes standbys of a running primary by the low-level backup interface, since the binaries hold no pg_basebackup. One backup serves
 * all standbys. The session that started the backup must also end it, and wal_keep_size must cover the time in between.
 */
final class StandbyCopy {
    /** Directories made empty: their content belongs to the running server only. */
    private static final Set<String> EMPTY = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_stat_tmp",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_subtrans");

    private static final Set<String> LEFT_OUT = Set.of(
            "postmaster.pid",
            "postmaster.opts",
            "backup_label",
            "tablespace_map",
            "pg_internal.init",
            "pgsql_tmp",
            MemberConfig.FILE);

    private final Layout layout;
    private final Member primary;
    private final boolean slots;

    StandbyCopy(Layout layout, Member primary, boolean slots) {
        this.layout = layout;
        this.primary = primary;
        this.slots = slots;
    }

    void make(List<Member> standbys) throws IOException, SQLException {
        try (Connection session = primary.connect(Layout.SUPERUSER);
                Statement statement = session.createStatement()) {
            if (slots) {
                for (Member standby : standbys) {
                    statement.execute("SELECT pg_create_physical_replication_slot('" + standby.name() + "', true)");
                }
            }
            boolean renamed = PostgresBinaries.major(layout.version()) >= 15;
            statement.execute(
                    renamed
                            ? "SELECT pg_backup_start('embedded', true)"
                            : "SELECT pg_start_backup('embedded', true, false)");
            for (Member standby : standbys) {
                copy(primary.dataDir(), standby.dataDir());
            }
            String label = label(statement, renamed ? "pg_backup_stop(false)" : "pg_stop_backup(false, false)");
            for (Member standby : standbys) {
                configure(standby, label);
            }
        }
    }

    private static String label(Statement statement, String stop) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT labelfile FROM " + stop)) {
            row.next();
            return row.getString(1);
        }
    }

    private void configure(Member standby, String label) throws IOException {
        Path data = standby.dataDir();
        own(Files.writeString(data.resolve("backup_label"), label));
        own(Files.createFile(data.resolve("standby.signal")));
        own(Files.createDirectory(data.resolve("pg_wal/archive_status")));
        StringBuilder settings = new StringBuilder();
        settings.append("primary_conninfo = 'host=")
                .append(primary.host())
                .append(" port=")
                .append(primary.port())
                .append(" user=")
                .append(Layout.SUPERUSER)
                .append(" passfile=")
                .append(layout.passFile())
                .append(" application_name=")
                .append(standby.name())
                .append("'\n");
        if (slots) {
            settings.append("primary_slot_name = '").append(standby.name()).append("'\n");
        }
        Files.writeString(data.resolve("postgresql.auto.conf"), settings, StandardOpenOption.APPEND);
        MemberConfig.write(layout, standby);
    }

    private void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                String name = String.valueOf(directory.getFileName());
                if (LEFT_OUT.contains(name)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Path target = to.resolve(from.relativize(directory));
                // The top directory exists: it may be the mount point of a small disk.
                if (!directory.equals(from)) {
                    own(Trees.directory(target, Trees.PRIVATE_DIRECTORY));
                }
                return EMPTY.contains(name) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!LEFT_OUT.contains(String.valueOf(file.getFileName()))) {
                    Path target = to.resolve(from.relativize(file));
                    try {
                        own(Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES));
                    } catch (NoSuchFileException dropped) {
                        // A table dropped meanwhile; replay knows.
                        return FileVisitResult.CONTINUE;
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    private Path own(Path path) throws IOException {
        layout.serverUser().own(path);
        return path;
    }
}
