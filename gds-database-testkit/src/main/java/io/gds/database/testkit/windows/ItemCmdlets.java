package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.Cmdlet;
import io.gds.database.testkit.powershell.CmdletCall;
import io.gds.database.testkit.powershell.Commands;
import io.gds.database.testkit.powershell.Parameter;
import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Commands for items: files, directories and keys. */
final class ItemCmdlets {
    private static final String[] FILTERS = {"Filter", "Include", "Exclude", "Credential", "UseTransaction"};

    private final ScriptHost scripts;
    private final WindowsHost host;
    private final Items items;

    private ItemCmdlets(ScriptHost scripts) {
        this.scripts = scripts;
        this.host = scripts.windows();
        this.items = new Items(scripts);
    }

    static Parameter[] paths() {
        return new Parameter[] {
            Parameter.of("Path", "string[]").at(0).piped().needed(),
            Parameter.of("LiteralPath", "string[]").alias("PSPath").needed()
        };
    }

    static void addTo(Commands commands, ScriptHost scripts) {
        ItemCmdlets c = new ItemCmdlets(scripts);
        commands.add(Cmdlet.named("Test-Path")
                .takes(paths())
                .takes(Parameter.of("PathType", "string").alias("Type").oneOf("Any", "Container", "Leaf"))
                .knows(FILTERS)
                .knows("IsValid", "OlderThan", "NewerThan")
                .either("Path", "LiteralPath")
                .does(call -> c.each(call, path -> c.test(call, path))));
        commands.add(Cmdlet.named("Get-Item")
                .takes(paths())
                .knows(FILTERS)
                .knows("Force", "Stream")
                .either("Path", "LiteralPath")
                .does(call -> c.each(call, path -> call.write(c.items.get(path)))));
        commands.add(Cmdlet.named("Get-ChildItem")
                .takes(paths())
                .takes(
                        Parameter.of("Filter", "string").at(1),
                        Parameter.flag("Recurse").alias("s"),
                        Parameter.flag("File").alias("af"),
                        Parameter.flag("Directory").alias("ad").alias("d"))
                .knows(
                        "Include",
                        "Exclude",
                        "Depth",
                        "Force",
                        "Name",
                        "UseTransaction",
                        "Attributes",
                        "Hidden",
                        "ReadOnly",
                        "System")
                .either("Path", "LiteralPath")
                .does(call -> c.each(call, path -> c.children(call, path))));
        commands.add(Cmdlet.named("New-Item")
                .takes(
                        Parameter.of("Path", "string[]").at(0).needed(),
                        Parameter.of("ItemType", "string").alias("Type").oneOf("Directory", "File"),
                        Parameter.flag("Force"))
                .knows("Name", "Value", "Target", "Credential", "UseTransaction")
                .confirming()
                .does(call -> c.each(call, path -> c.make(call, path))));
        commands.add(Cmdlet.named("Remove-Item")
                .takes(paths())
                .takes(Parameter.flag("Recurse"), Parameter.flag("Force"))
                .knows(FILTERS)
                .knows("Stream")
                .confirming()
                .either("Path", "LiteralPath")
                .does(call -> c.each(call, path -> c.remove(call, path))));
        commands.add(Cmdlet.named("Copy-Item")
                .takes(pathsAndTarget())
                .knows(FILTERS)
                .knows("PassThru", "Container", "Recurse", "FromSession", "ToSession")
                .confirming()
                .either("Path", "LiteralPath")
                .does(call -> c.each(call, path -> c.copy(call, path))));
        commands.add(Cmdlet.named("Move-Item")
                .takes(pathsAndTarget())
                .knows(FILTERS)
                .knows("PassThru")
                .confirming()
                .either("Path", "LiteralPath")
                .does(call -> c.each(call, path -> c.move(call, path))));
    }

    static Parameter[] pathsAndTarget() {
        return new Parameter[] {
            paths()[0], paths()[1], Parameter.of("Destination", "string").at(1), Parameter.flag("Force")
        };
    }

    private void each(CmdletCall call, Consumer<ProviderPath> work) {
        for (String path : call.texts("Path")) {
            call.each(() -> work.accept(ProviderPath.withoutWildcards(path, scripts)));
        }
        for (String path : call.texts("LiteralPath")) {
            call.each(() -> work.accept(ProviderPath.of(path, scripts)));
        }
    }

    private void test(CmdletCall call, ProviderPath path) {
        if (path.registry()) {
            items.readable(path);
            boolean there = host.registry().has(path.path());
            call.write(there && !call.text("PathType").equalsIgnoreCase("Leaf"));
            return;
        }
        // What a share denies is not there, as Test-Path has it.
        FileNode node = mayLook(path) ? host.files().node(path.path()) : null;
        call.write(
                switch (call.text("PathType").toLowerCase(java.util.Locale.ROOT)) {
                    case "leaf" -> node != null && !node.isDirectory();
                    case "container" -> node != null && node.isDirectory();
                    default -> node != null;
                });
    }

    private boolean mayLook(ProviderPath path) {
        return !Paths.isUnc(path.path())
                || host.files().sharesWith(path.path(), scripts.process().account());
    }

    private void children(CmdletCall call, ProviderPath path) {
        items.get(path);
        if (path.registry()) {
            if (call.has("Filter") || call.flag("Recurse")) {
                throw new UnsupportedPowerShell("Get-ChildItem -Filter or -Recurse in the registry");
            }
            host.registry()
                    .below(path.path())
                    .forEach(key -> call.each(() -> call.write(items.get(new ProviderPath(true, key, key)))));
            return;
        }
        for (String below : inTheirOrder(path.path(), call.flag("Recurse"))) {
            FileNode node = host.files().node(below);
            boolean wanted = node != null
                    && (!call.flag("File") || !node.isDirectory())
                    && (!call.flag("Directory") || node.isDirectory())
                    && (!call.has("Filter") || fits(Paths.name(below), call.text("Filter")));
            if (wanted) {
                call.write(items.get(new ProviderPath(false, below, below)));
            }
        }
    }

    /** What is in a directory comes before what is in the directories below it. */
    private List<String> inTheirOrder(String directory, boolean deep) {
        List<String> out = new ArrayList<>(host.files().list(directory, false));
        if (deep) {
            for (String below : host.files().list(directory, false)) {
                FileNode node = host.files().node(below);
                if (node != null && node.isDirectory()) {
                    out.addAll(inTheirOrder(below, true));
                }
            }
        }
        return out;
    }

    private static boolean fits(String name, String filter) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < filter.length(); i++) {
            char c = filter.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE)
                .matcher(name)
                .matches();
    }

    private void make(CmdletCall call, ProviderPath path) {
        if (path.registry()) {
            throw new UnsupportedPowerShell("New-Item in the registry");
        }
        boolean there = host.files().exists(path.path());
        if (call.text("ItemType").equalsIgnoreCase("Directory")) {
            if (there && !call.flag("Force")) {
                throw Items.exists(path.path());
            }
            host.work().directory(path.path(), scripts.process().account());
        } else {
            if (there && !call.flag("Force")) {
                throw NetErrors.exists(path.path());
            }
            host.work().write(path.path(), new byte[0], scripts.process().account());
        }
        call.write(items.get(path));
    }

    private void remove(CmdletCall call, ProviderPath path) {
        items.get(path);
        if (path.registry()) {
            throw new UnsupportedPowerShell("Remove-Item in the registry");
        }
        if (!host.files().list(path.path(), false).isEmpty() && !call.flag("Recurse")) {
            throw new UnsupportedPowerShell("Remove-Item of a directory with something in it, which asks");
        }
        host.work().delete(path.path(), scripts.process().account());
    }

    private void copy(CmdletCall call, ProviderPath path) {
        host.work().copy(path.path(), place(call, path), scripts.process().account());
    }

    private void move(CmdletCall call, ProviderPath path) {
        host.work()
                .move(
                        path.path(),
                        place(call, path),
                        call.flag("Force"),
                        scripts.process().account());
    }

    /** Where a file goes: into a directory that is there, or to that very path. */
    private String place(CmdletCall call, ProviderPath path) {
        items.get(path);
        ProviderPath to = ProviderPath.of(call.text("Destination"), scripts);
        if (path.registry() || to.registry()) {
            throw new UnsupportedPowerShell("this command for the registry");
        }
        FileNode target = host.files().node(to.path());
        return target != null && target.isDirectory() ? Paths.join(to.path(), Paths.name(path.path())) : to.path();
    }
}
