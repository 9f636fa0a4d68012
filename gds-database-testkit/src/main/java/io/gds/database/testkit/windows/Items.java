package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.NetException;
import io.gds.database.testkit.powershell.NetFailure;
import io.gds.database.testkit.powershell.PsArray;
import io.gds.database.testkit.powershell.PsDateTime;
import io.gds.database.testkit.powershell.PsObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files, directories and keys as objects of scripts. */
final class Items {
    private final ScriptHost scripts;
    private final WindowsHost host;

    Items(ScriptHost scripts) {
        this.scripts = scripts;
        this.host = scripts.windows();
    }

    static NetFailure exists(String path) {
        return new NetFailure(
                new NetException(
                        "System.IO.IOException", "An item with the specified name " + path + " already exists."),
                "ResourceExists",
                "DirectoryExist");
    }

    /** Refuses a key that may not be read. */
    void readable(ProviderPath path) {
        if (path.registry() && host.faults().isDenied(path.path())) {
            throw NetErrors.registryDenied();
        }
    }

    /** The item at a path. */
    PsObject get(ProviderPath path) {
        if (path.registry()) {
            readable(path);
            if (!host.registry().has(path.path())) {
                throw NetErrors.noPath(path.given());
            }
            return key(path);
        }
        FileNode node = host.files().node(path.path());
        if (Paths.isUnc(path.path())
                && !host.files().sharesWith(path.path(), scripts.process().account())) {
            throw NetErrors.denied(path.path());
        }
        if (node == null) {
            throw NetErrors.noPath(path.path());
        }
        return node.file == null ? directory(node) : file(node, node.file);
    }

    private PsObject key(ProviderPath path) {
        String written = host.registry().written(path.path());
        List<String> names = new ArrayList<>();
        host.registry().values(path.path()).forEach(v -> names.add(v.name().isEmpty() ? "(default)" : v.name()));
        return PsObject.net("Microsoft.Win32.RegistryKey")
                .with("Name", written)
                .with("Property", PsArray.ofStrings(names))
                .with("ValueCount", names.size())
                .with("PSPath", new ProviderPath(true, written, written).psPath())
                .with("PSChildName", Paths.name(written))
                .text(() -> written);
    }

    private PsObject directory(FileNode node) {
        return common(PsObject.net("System.IO.DirectoryInfo"), node).with("PSIsContainer", true);
    }

    private PsObject file(FileNode node, HostFile file) {
        PsObject version = PsObject.net("System.Diagnostics.FileVersionInfo")
                .with("ProductVersion", nullIfEmpty(file.productVersion()))
                .with("FileVersion", nullIfEmpty(file.productVersion()));
        return common(PsObject.net("System.IO.FileInfo"), node)
                .with("PSIsContainer", false)
                .with("Length", file.length())
                .with("DirectoryName", Paths.parent(node.path))
                .with("Extension", extension(Paths.name(node.path)))
                .with("VersionInfo", version);
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String extension(String name) {
        return name.contains(".") ? name.substring(name.lastIndexOf('.')) : "";
    }

    private PsObject common(PsObject item, FileNode node) {
        return item.with("FullName", node.path)
                .with("Name", Paths.name(node.path))
                .with("Exists", true)
                .with("LastWriteTime", PsDateTime.local(node.writtenAt, scripts.zone()))
                .with("LastWriteTimeUtc", PsDateTime.utc(node.writtenAt, scripts.zone()))
                .with("PSPath", new ProviderPath(false, node.path, node.path).psPath())
                .with("PSChildName", Paths.name(node.path))
                .text(() -> node.path);
    }
}
