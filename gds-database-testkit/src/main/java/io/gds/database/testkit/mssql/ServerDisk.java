package io.gds.database.testkit.mssql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an instance sees of files: the folders of its own host and the backups in them, and those of file servers. Thread-safe; a file
 * server is asked while the lock of whoever asks is held, never the other way round.
 */
public final class ServerDisk {
    private static final long GIGABYTE = 1L << 30;

    private final Set<String> folders = new TreeSet<>();
    private final Map<String, ServerDisk> shares = new TreeMap<>();
    private final Map<String, Long> volumes = new TreeMap<>(Map.of("d:\\", 300 * GIGABYTE, "/", 300 * GIGABYTE));
    private final Set<String> torn = new TreeSet<>();
    private final Map<String, Backup> files = new TreeMap<>();

    /**
     * A backup as it lies on the disk.
     *
     * @param database whose
     * @param version of the server that made it
     * @param files of the database
     * @param tables that were in it
     * @param broken what is broken in the database, which nobody notices while it is backed up
     * @param compressed whether it is
     * @param checksums whether it has any
     * @param damaged whether a page of it does not have its checksum
     */
    record Backup(
            String database,
            String version,
            List<ModelDatabase.File> files,
            Map<String, Integer> tables,
            List<String> broken,
            boolean compressed,
            boolean checksums,
            boolean damaged) {
        Backup {
            files = List.copyOf(files);
            tables = Map.copyOf(tables);
            broken = List.copyOf(broken);
        }
    }

    ServerDisk() {}

    /** The disk of a file server, which several instances may use. */
    public static ServerDisk ofFileServer() {
        return new ServerDisk();
    }

    /** Everything below a path is what a file server has. */
    public synchronized void mount(String path, ServerDisk share) {
        shares.put(key(trimmed(path)), share);
    }

    private ServerDisk at(String path) {
        String key = key(path);
        return shares.entrySet().stream()
                .filter(s -> isBelow(key, s.getKey()) || key.equals(s.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(this);
    }

    private static boolean isBelow(String key, String folder) {
        return key.startsWith(folder) && key.length() > folder.length() && isSeparator(key.charAt(folder.length()));
    }

    /** Says how much room a volume has, for example {@code D:\\}. */
    public synchronized void free(String volume, long bytes) {
        volumes.put(key(volume), bytes);
    }

    synchronized Optional<String> volumeOf(String path) {
        return volumes.keySet().stream().filter(key(path)::startsWith).max(Comparator.comparingInt(String::length));
    }

    synchronized long freeOn(String volume) {
        return volumes.getOrDefault(key(volume), 0L);
    }

    /** Makes a folder and those above it. */
    public synchronized void makeFolder(String path) {
        ServerDisk there = at(path);
        if (there == this) {
            folders.add(key(trimmed(path)));
        } else {
            there.makeFolder(path);
        }
    }

    /** Whether there is such a folder. */
    public synchronized boolean hasFolder(String path) {
        ServerDisk there = at(path);
        return there == this ? folders.contains(key(trimmed(path))) : there.hasFolder(path);
    }

    synchronized void put(String path, Backup backup) {
        ServerDisk there = at(path);
        if (there == this) {
            torn.remove(key(path));
            files.put(key(path), backup);
        } else {
            there.put(path, backup);
        }
    }

    /** Whether a backup was made without wasting room. */
    public synchronized boolean isCompressed(String path) {
        return find(path).filter(Backup::compressed).isPresent();
    }

    synchronized Optional<Backup> find(String path) {
        ServerDisk there = at(path);
        return there == this ? Optional.ofNullable(files.get(key(path))) : there.find(path);
    }

    /** Whether there is a file, also one that is no whole backup. */
    synchronized boolean isThere(String path) {
        ServerDisk there = at(path);
        return there == this ? files.containsKey(key(path)) || torn.contains(key(path)) : there.isThere(path);
    }

    /** Leaves what a backup leaves that was broken off while it was written: a file without a header. */
    public synchronized void tear(String path) {
        files.remove(key(path));
        torn.add(key(path));
    }

    /** Removes backups of an extension from a folder; what is none stays. */
    synchronized void removeBackups(String folder, String extension) {
        ServerDisk there = at(folder);
        if (there == this) {
            String end = "." + key(extension);
            files.keySet().removeIf(f -> parent(f).equals(key(trimmed(folder))) && f.endsWith(end));
        } else {
            there.removeBackups(folder, extension);
        }
    }

    /** The paths of all files on its own volumes, in lower-case letters. */
    public synchronized List<String> paths() {
        List<String> all = new ArrayList<>(files.keySet());
        all.addAll(torn);
        return all;
    }

    /** A backup of an empty database, made by another server. */
    public synchronized void madeByServer(String version, String path, String database) {
        put(path, new Backup(database, version, List.of(), Map.of(), List.of(), false, true, false));
    }

    /** One byte of a backup turns. */
    public synchronized void damage(String path) {
        files.computeIfPresent(
                key(path),
                (p, b) -> new Backup(
                        b.database(),
                        b.version(),
                        b.files(),
                        b.tables(),
                        b.broken(),
                        b.compressed(),
                        b.checksums(),
                        true));
    }

    synchronized List<String> namesIn(String folder) {
        ServerDisk there = at(folder);
        if (there != this) {
            return there.namesIn(folder);
        }
        String prefix = key(trimmed(folder));
        return paths().stream()
                .filter(f -> isBelow(f, prefix))
                .map(f -> f.substring(prefix.length() + 1))
                .toList();
    }

    static String parent(String path) {
        int last = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
        return last < 0 ? "" : path.substring(0, last);
    }

    private static String trimmed(String path) {
        return !path.isEmpty() && isSeparator(path.charAt(path.length() - 1))
                ? path.substring(0, path.length() - 1)
                : path;
    }

    private static boolean isSeparator(char c) {
        return c == '\\' || c == '/';
    }

    private static String key(String path) {
        return path.toLowerCase(Locale.ROOT);
    }
}
