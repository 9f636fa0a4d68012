package io.gds.database.testkit.windows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The drives of a host with what is on them. Paths do not care for case. Thread-safe. */
public final class FileSystem {
    private final WindowsHost host;
    private final Map<String, Drive> drives = new TreeMap<>();
    private final Map<String, FileNode> nodes = new TreeMap<>();
    private final Map<String, Share> shares = new TreeMap<>();

    /** Whom a share of a file server lets read. */
    public enum Share {
        /** The accounts of computers, and so whatever runs as SYSTEM. */
        COMPUTERS,
        /** People only: whatever runs as SYSTEM is a computer there, and denied. */
        PEOPLE
    }

    FileSystem(WindowsHost host) {
        this.host = host;
    }

    /** Adds a drive, {@code D:} for example, or gives one another size. */
    public synchronized FileSystem drive(String name, long sizeBytes, long freeBytes) {
        String letter = Paths.drive(name);
        drives.put(letter, new Drive(letter, sizeBytes, freeBytes));
        nodes.computeIfAbsent(Paths.fold(letter + "\\"), k -> directoryNode(letter + "\\", Account.SYSTEM.sid()));
        return this;
    }

    /**
     * Lets the host see a share of a file server, {@code \\\\files\\sql} for example; files are put below it as below a drive. Whoever came
     * to the host over the network cannot read it whatever it allows: a login is not handed on to a third machine.
     */
    public synchronized FileSystem share(String path, Share lets) {
        shares.put(Paths.fold(path), lets);
        nodes.computeIfAbsent(Paths.fold(path), k -> directoryNode(path, Account.ADMINISTRATORS));
        return this;
    }

    /** Whether an account may read what is on a share. */
    synchronized boolean sharesWith(String path, Account account) {
        return shares.get(Paths.fold(Paths.share(path))) == Share.COMPUTERS && account.equals(Account.SYSTEM);
    }

    /** Makes a directory, and those above it. */
    public FileSystem directory(String path) {
        return directory(path, Account.ADMINISTRATORS);
    }

    /** The same, as belonging to somebody. */
    public synchronized FileSystem directory(String path, String ownerSid) {
        String whole = checked(path);
        if (!Paths.isRoot(whole)) {
            directory(Paths.parent(whole), ownerSid);
        }
        nodes.computeIfAbsent(Paths.fold(whole), k -> directoryNode(whole, ownerSid));
        return this;
    }

    private FileNode directoryNode(String path, String owner) {
        return new FileNode(path, owner, null, host.now());
    }

    /** Puts a file there, and makes the directories above it. No fault hinders this. */
    public synchronized FileSystem put(String path, HostFile file) {
        return put(path, file, host.now());
    }

    /** The same, as written at a time. */
    public synchronized FileSystem put(String path, HostFile file, Instant writtenAt) {
        directory(Paths.parent(checked(path)));
        set(path, file, Account.ADMINISTRATORS).writtenAt = writtenAt;
        return this;
    }

    /** Takes a file, or a directory with all in it, away. Does nothing when there is none. */
    public synchronized FileSystem remove(String path) {
        String key = Paths.fold(checked(path));
        for (FileNode below : new ArrayList<>(nodes.values())) {
            String k = Paths.fold(below.path);
            if (k.equals(key) || k.startsWith(key + "\\")) {
                nodes.remove(k);
                use(below.path, -below.length());
            }
        }
        return this;
    }

    /** What is in a file; null when there is none. */
    public synchronized @Nullable HostFile file(String path) {
        FileNode node = node(path);
        return node == null ? null : node.file;
    }

    /** The text of a file that must be there, in UTF-8. */
    public String text(String path) {
        HostFile file = file(path);
        String text = file == null ? null : file.text();
        if (text == null) {
            throw new AssertionError("no text at " + path);
        }
        return text;
    }

    /** Whether there is a file or a directory. */
    public synchronized boolean exists(String path) {
        return node(path) != null;
    }

    /** The owner's security identifier; empty when there is nothing. */
    public synchronized String owner(String path) {
        FileNode node = node(path);
        return node == null ? "" : node.owner;
    }

    /** The access list that was set on it; null when it has none of its own. */
    public synchronized @Nullable Acl acl(String path) {
        FileNode node = node(path);
        return node == null ? null : node.acl;
    }

    /** The paths right in a directory, or all below it, in order. */
    public synchronized List<String> list(String directory, boolean deep) {
        String key = Paths.fold(checked(directory));
        String prefix = key.endsWith("\\") ? key : key + "\\";
        List<String> out = new ArrayList<>();
        for (Map.Entry<String, FileNode> e : nodes.entrySet()) {
            String k = e.getKey();
            boolean below = k.startsWith(prefix) && k.length() > prefix.length();
            if (below && (deep || k.indexOf('\\', prefix.length()) < 0)) {
                out.add(e.getValue().path);
            }
        }
        return out;
    }

    synchronized @Nullable FileNode node(String path) {
        boolean somewhere = Paths.isUnc(path) || !Paths.drive(path).isEmpty();
        return somewhere ? nodes.get(Paths.fold(Paths.absolute(path, "C:\\"))) : null;
    }

    /** Sets what is in a file; its directory must be there. */
    synchronized FileNode set(String path, HostFile file, String owner) {
        String whole = checked(path);
        FileNode node = nodes.get(Paths.fold(whole));
        long before = node == null ? 0 : node.length();
        if (node == null) {
            node = new FileNode(whole, owner, file, host.now());
            nodes.put(Paths.fold(whole), node);
        }
        node.file = file;
        node.writtenAt = host.now();
        use(whole, file.length() - before);
        return node;
    }

    /** Puts a node under another path, with all below it. */
    synchronized void rename(String from, String to) {
        String key = Paths.fold(checked(from));
        for (FileNode node : new ArrayList<>(nodes.values())) {
            String k = Paths.fold(node.path);
            if (k.equals(key) || k.startsWith(key + "\\")) {
                nodes.remove(k);
                String path = checked(to) + node.path.substring(key.length());
                FileNode moved = new FileNode(path, node.owner, node.file, node.writtenAt);
                moved.acl = node.acl;
                nodes.put(Paths.fold(path), moved);
            }
        }
    }

    private void use(String path, long more) {
        Drive drive = drives.get(Paths.drive(path));
        if (drive != null) {
            drive.use(more);
        }
    }

    synchronized List<Drive> drives() {
        return List.copyOf(drives.values());
    }

    synchronized @Nullable Drive driveOf(String path) {
        return drives.get(Paths.drive(path));
    }

    private String checked(String path) {
        String whole = Paths.absolute(path, "C:\\");
        if (!drives.containsKey(Paths.drive(whole)) && !shares.containsKey(Paths.fold(Paths.share(whole)))) {
            throw new IllegalArgumentException("no drive for " + path);
        }
        return whole;
    }
}
