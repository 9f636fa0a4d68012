package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.NetArguments;
import io.gds.database.testkit.powershell.NetMethod;
import io.gds.database.testkit.powershell.NetType;
import io.gds.database.testkit.powershell.NetTypes;
import io.gds.database.testkit.powershell.PsObject;
import java.nio.charset.StandardCharsets;

/** {@code [IO.File]} and what belongs to it. */
final class FileTypes {
    private static final String MODE = "System.IO.FileMode";
    private static final String ACCESS = "System.IO.FileAccess";
    private static final String SHARE = "System.IO.FileShare";

    private final ScriptHost scripts;
    private final FileWork work;
    private final FileSystem files;

    private FileTypes(ScriptHost scripts) {
        this.scripts = scripts;
        this.work = scripts.windows().work();
        this.files = scripts.windows().files();
    }

    static void addTo(NetTypes types, ScriptHost scripts) {
        FileTypes t = new FileTypes(scripts);
        types.add(NetType.enumeration(MODE)
                .value("CreateNew", 1)
                .value("Create", 2)
                .value("Open", 3)
                .value("OpenOrCreate", 4)
                .value("Truncate", 5)
                .value("Append", 6));
        types.add(NetType.enumeration(ACCESS).value("Read", 1).value("Write", 2).value("ReadWrite", 3));
        types.add(NetType.enumeration(SHARE)
                .value("None", 0)
                .value("Read", 1)
                .value("Write", 2)
                .value("ReadWrite", 3));
        types.add(NetType.named("System.IO.File")
                .method("Exists", a -> {
                    FileNode node = t.files.node(t.path(a.exactly(1), 0));
                    return node != null && !node.isDirectory();
                })
                .method("ReadAllText", a -> t.text(a.exactly(1)))
                .method("ReadAllBytes", a -> t.work.read(t.path(a.exactly(1), 0), t.account()))
                .method(
                        "WriteAllText",
                        NetMethod.doing(a -> t.work.write(
                                t.path(a.exactly(2), 0), a.text(1).getBytes(StandardCharsets.UTF_8), t.account())))
                .method(
                        "WriteAllBytes",
                        NetMethod.doing(a -> t.work.write(t.path(a.exactly(2), 0), a.bytes(1), t.account())))
                .method(
                        "Move",
                        NetMethod.doing(a -> t.work.move(t.path(a.exactly(2), 0), t.path(a, 1), false, t.account())))
                .method("Delete", NetMethod.doing(t::delete))
                .method("Replace", NetMethod.doing(t::replace))
                .method("Open", t::open));
        types.add(NetType.named("System.IO.Directory").method("Exists", a -> {
            FileNode node = t.files.node(t.path(a.exactly(1), 0));
            return node != null && node.isDirectory();
        }));
        types.add(NetType.named("System.IO.Path")
                .method("Combine", a -> Paths.join(a.exactly(2).text(0), a.text(1)))
                .method("GetFileName", a -> Paths.name(a.exactly(1).text(0))));
    }

    private Account account() {
        return scripts.process().account();
    }

    private String path(NetArguments a, int index) {
        return Paths.absolute(a.text(index), scripts.directory());
    }

    private String text(NetArguments a) {
        String text = new String(work.read(path(a, 0), account()), StandardCharsets.UTF_8);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private void delete(NetArguments a) {
        String path = path(a.exactly(1), 0);
        if (files.exists(path)) {
            work.delete(path, account());
        }
    }

    /** The new file takes the place of the old one; no backup is kept. */
    private void replace(NetArguments a) {
        if (a.exactly(3).get(2) != null) {
            throw a.otherwise();
        }
        String from = path(a, 0);
        String to = path(a, 1);
        if (!files.exists(from)) {
            throw NetErrors.noFile(from);
        }
        if (!files.exists(to)) {
            throw NetErrors.noFile(to);
        }
        work.move(from, to, true, account());
    }

    private PsObject open(NetArguments a) {
        String mode = a.enumeration(1, MODE).name();
        String access = a.count() > 2 ? a.enumeration(2, ACCESS).name() : mode.equals("Append") ? "Write" : "ReadWrite";
        String share = a.count() > 3 ? a.enumeration(3, SHARE).name() : "None";
        boolean reads = access.startsWith("Read");
        boolean writes = access.endsWith("Write");
        return stream(work.open(path(a, 0), mode, reads, writes, share, scripts.process()));
    }

    private static PsObject stream(FileHandle handle) {
        return PsObject.net("System.IO.FileStream")
                .reading("Length", handle::length)
                .reading("Name", handle::path)
                .writing("Position", handle::position, v -> handle.position(Long.parseLong(String.valueOf(v))))
                .method("Write", NetMethod.doing(a -> handle.write(a.exactly(3).bytes(0), a.integer(1), a.integer(2))))
                .method("Read", a -> handle.read(a.exactly(3).bytes(0), a.integer(1), a.integer(2)))
                .method(
                        "SetLength",
                        NetMethod.doing(a -> handle.length(a.exactly(1).longInteger(0))))
                .method("Flush", NetMethod.doing(a -> {}))
                .method("Close", NetMethod.doing(a -> handle.close()))
                .method("Dispose", NetMethod.doing(a -> handle.close()));
    }
}
