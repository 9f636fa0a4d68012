package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.Cmdlet;
import io.gds.database.testkit.powershell.Commands;
import io.gds.database.testkit.powershell.Parameter;
import io.gds.database.testkit.powershell.UnsupportedPowerShell;

/** Join-Path and Split-Path. */
final class PathCmdlets {
    private PathCmdlets() {}

    static void addTo(Commands commands, ScriptHost scripts) {
        commands.add(Cmdlet.named("Join-Path")
                .takes(
                        Parameter.of("Path", "string").at(0).needed().alias("PSPath"),
                        Parameter.of("ChildPath", "string").at(1))
                .knows("Resolve", "Credential", "UseTransaction")
                .does(call -> call.write(join(call.text("Path"), call.text("ChildPath"), scripts))));
        commands.add(Cmdlet.named("Split-Path")
                .takes(
                        Parameter.of("Path", "string").at(0).needed().piped(),
                        Parameter.flag("Leaf"),
                        Parameter.flag("Parent"))
                .knows(
                        "LiteralPath",
                        "Qualifier",
                        "NoQualifier",
                        "Resolve",
                        "IsAbsolute",
                        "Credential",
                        "UseTransaction")
                .does(call -> {
                    String path = call.text("Path").replaceAll("[\\\\/]+$", "");
                    int end = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
                    String parent = end < 0 ? "" : path.substring(0, end);
                    call.write(
                            call.flag("Leaf")
                                    ? path.substring(end + 1)
                                    : parent.endsWith(":") ? parent + "\\" : parent);
                }));
    }

    /** The drive must be there, as 5.1 has it. */
    private static String join(String path, String child, ScriptHost scripts) {
        if (path.indexOf(':') > 0) {
            ProviderPath.of(path, scripts);
        } else if (path.startsWith("\\\\")) {
            throw new UnsupportedPowerShell("Join-Path with " + path);
        }
        String front = path.replace('/', '\\').replaceAll("\\\\+$", "");
        return front + "\\" + child.replace('/', '\\').replaceAll("^\\\\+", "");
    }
}
