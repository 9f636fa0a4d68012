package io.gds.database.testkit.mssql;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A database of a model instance: what statements change and views show. Guarded by its {@link ServerCatalogue}. */
final class ModelDatabase {
    private static final int DATA_PAGES = 1024;
    private static final int LOG_PAGES = 128;

    final String name;
    final int id;
    final LocalDateTime created;
    final List<File> files = new ArrayList<>();
    /** The number of rows of each table; a row is its number. */
    final Map<String, Integer> tables = new TreeMap<>();

    final Map<String, User> users = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final Map<String, String> scoped = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final List<String> damage = new ArrayList<>();
    String owner = "sa";
    String recovery = "FULL";
    boolean encrypted;
    boolean readOnly;
    /** When a check last found nothing; null for never. */
    @Nullable
    Instant checked;

    boolean trustworthy;
    boolean broker = true;
    /** {@code MULTI_USER}, {@code RESTRICTED_USER} or {@code SINGLE_USER}. */
    String access = "MULTI_USER";

    /** A file: {@code ROWS}, {@code LOG} or {@code FILESTREAM}; its size in pages of 8 KB. */
    record File(int id, String type, String logical, String path, int pages) {}

    /** A user: of a login, or with a password of its own. */
    record User(String name, Optional<String> login, Set<String> roles) {}

    ModelDatabase(String name, int id, LocalDateTime created, String folder) {
        this.name = name;
        this.id = id;
        this.created = created;
        files.add(new File(1, "ROWS", name, folder + name + ".mdf", DATA_PAGES));
        files.add(new File(2, "LOG", name + "_log", folder + name + "_log.ldf", LOG_PAGES));
        scoped.put("MAXDOP", "0");
        scoped.put("LEGACY_CARDINALITY_ESTIMATION", "0");
        scoped.put("PARAMETER_SNIFFING", "1");
        scoped.put("QUERY_OPTIMIZER_HOTFIXES", "0");
    }

    String settings() {
        return access
                + (readOnly ? ", read-only" : "")
                + (trustworthy ? ", trustworthy" : "")
                + (broker ? ", broker" : "");
    }

    boolean isSystems() {
        return id <= ServerCatalogue.LAST_SYSTEM_DATABASE;
    }
}
