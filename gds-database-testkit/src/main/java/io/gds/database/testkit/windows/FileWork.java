package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.NetFailure;
import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.util.ArrayList;
import java.util.List;

/** What an account does with files, as .NET lets it: with rights, locks, and a disk that may be full. Thread-safe. */
final class FileWork {
    private final WindowsHost host;
    private final FileSystem files;
    private final List<FileHandle> handles = new ArrayList<>();

    FileWork(WindowsHost host) {
        this.host = host;
        this.files = host.files();
    }

    byte[] read(String path, Account account) {
        synchronized (files) {
            FileNode node = needed(path);
            check(node.path, account, false);
            unlocked(node.path, false);
            byte[] bytes = node.file == null ? null : node.file.bytes();
            if (bytes == null) {
                throw new UnsupportedPowerShell("the bytes of " + path + ", which are only declared");
            }
            return bytes;
        }
    }

    void write(String path, byte[] bytes, Account account) {
        String whole = whole(path);
        synchronized (files) {
            inDirectory(whole);
            check(whole, account, true);
            unlocked(whole, true);
            store(whole, bytes, account);
        }
        written(whole);
    }

    /** Sets a file's bytes; what it was declared to be is gone with the old ones. */
    void store(String path, byte[] bytes, Account account) {
        FileNode node = files.node(path);
        long more = bytes.length - (node == null ? 0 : node.length());
        room(path, more);
        files.set(path, HostFile.of(bytes), account.ownerOfNew());
    }

    private void room(String path, long more) {
        Drive drive = files.driveOf(path);
        boolean full = host.faults().isFull(Paths.drive(path)) && more > 0;
        if (full || (drive != null && more > drive.free())) {
            throw NetErrors.diskFull();
        }
    }

    /** Opens a file as mode says: whoever has it open alone keeps the others out. */
    FileHandle open(String path, String mode, boolean reads, boolean writes, String share, HostProcess process) {
        String whole = whole(path);
        Account account = process.account();
        synchronized (files) {
            inDirectory(whole);
            FileNode node = files.node(whole);
            boolean there = node != null;
            if (node != null && node.isDirectory()) {
                throw NetErrors.denied(whole);
            }
            if (mode.equals("CreateNew") && there) {
                throw NetErrors.exists(whole);
            }
            if ((mode.equals("Open") || mode.equals("Truncate")) && !there) {
                throw NetErrors.noFile(whole);
            }
            check(whole, account, writes || !there);
            if (host.faults().isLocked(whole)) {
                throw NetErrors.inUse(whole);
            }
            FileHandle handle = new FileHandle(this, whole, process, reads, writes, share);
            if (handles.stream().anyMatch(h -> h.excludes(handle) || handle.excludes(h))) {
                throw NetErrors.inUse(whole);
            }
            boolean empties = !there || mode.equals("Create") || mode.equals("Truncate");
            if (empties) {
                store(whole, new byte[0], account);
            }
            handle.begin(read(whole, account), mode.equals("Append"));
            handles.add(handle);
            return handle;
        }
    }

    void close(FileHandle handle) {
        boolean was;
        synchronized (files) {
            was = handles.remove(handle);
        }
        if (was && handle.writes()) {
            written(handle.path());
        }
    }

    /** A process has ended: what it had open is closed, and nobody is told of a file that it had not finished. */
    void closeAll(HostProcess process) {
        synchronized (files) {
            handles.removeIf(h -> h.process() == process);
        }
    }

    void delete(String path, Account account) {
        String whole = whole(path);
        synchronized (files) {
            check(whole, account, true);
            for (String below : files.list(whole, true)) {
                unlocked(below, true);
                free(below);
            }
            unlocked(whole, true);
            free(whole);
            files.remove(whole);
        }
        host.events().add(HostEvent.Kind.FILE_DELETED, whole);
    }

    private void free(String path) {
        if (handles.stream().anyMatch(h -> h.isOf(path))) {
            throw NetErrors.inUse(path);
        }
    }

    /** Puts a file or a directory under another path; what is there goes only by force. */
    void move(String from, String to, boolean force, Account account) {
        String source = whole(from);
        String target = whole(to);
        synchronized (files) {
            needed(source);
            inDirectory(target);
            check(source, account, true);
            check(target, account, true);
            unlocked(source, true);
            free(source);
            if (files.exists(target)) {
                if (!force) {
                    throw new NetFailure(
                            "System.IO.IOException", "Cannot create a file when that file already exists.\r\n");
                }
                unlocked(target, true);
                free(target);
                files.remove(target);
            }
            files.rename(source, target);
        }
        host.events().add(HostEvent.Kind.FILE_MOVED, target);
    }

    /** Copies a file with the time at which it was written; what is there goes. */
    void copy(String from, String to, Account account) {
        String target = whole(to);
        synchronized (files) {
            FileNode source = files.node(from);
            if (source == null || source.file == null) {
                throw NetErrors.noFile(from);
            }
            check(source.path, account, false);
            inDirectory(target);
            check(target, account, true);
            FileNode there = files.node(target);
            room(target, source.length() - (there == null ? 0 : there.length()));
            files.set(target, source.file, account.ownerOfNew()).writtenAt = source.writtenAt;
        }
        written(target);
    }

    /** Makes a directory and those above it. */
    void directory(String path, Account account) {
        String whole = whole(path);
        synchronized (files) {
            check(whole, account, true);
            files.directory(whole, account.ownerOfNew());
        }
    }

    /** Refuses what the account may not do: the nearest access list above decides. */
    void check(String path, Account account, boolean write) {
        if (Paths.isUnc(path)) {
            if (write || !files.sharesWith(path, account)) {
                throw NetErrors.denied(path);
            }
            return;
        }
        String at = path;
        while (true) {
            FileNode node = files.node(at);
            if (node != null && node.acl != null) {
                if (!node.acl.lets(account, write) && !node.acl.inherits()) {
                    throw NetErrors.denied(path);
                }
                if (node.acl.lets(account, write)) {
                    return;
                }
            }
            if (Paths.isRoot(at)) {
                return;
            }
            at = Paths.parent(at);
        }
    }

    private void unlocked(String path, boolean write) {
        if (host.faults().isLocked(path)) {
            throw NetErrors.inUse(path);
        }
        boolean kept = handles.stream().anyMatch(h -> h.isOf(path) && (write || h.sharesNothing()));
        if (kept) {
            throw NetErrors.inUse(path);
        }
    }

    private void inDirectory(String path) {
        FileNode parent = files.node(Paths.parent(path));
        if (parent == null || !parent.isDirectory()) {
            throw NetErrors.noDirectory(path);
        }
    }

    private FileNode needed(String path) {
        String whole = whole(path);
        FileNode node = files.node(whole);
        if (node == null) {
            inDirectory(whole);
            throw NetErrors.noFile(whole);
        }
        return node;
    }

    private String whole(String path) {
        if (Paths.drive(path).isEmpty()) {
            throw new UnsupportedPowerShell("the path " + path);
        }
        return Paths.absolute(path, "C:\\");
    }

    private void written(String path) {
        host.events().add(HostEvent.Kind.FILE_WRITTEN, path);
        host.faults().afterWriting(path);
    }
}
