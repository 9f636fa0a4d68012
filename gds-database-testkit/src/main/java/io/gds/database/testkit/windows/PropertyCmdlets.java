package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.Cmdlet;
import io.gds.database.testkit.powershell.CmdletCall;
import io.gds.database.testkit.powershell.Commands;
import io.gds.database.testkit.powershell.NetException;
import io.gds.database.testkit.powershell.NetFailure;
import io.gds.database.testkit.powershell.Parameter;
import io.gds.database.testkit.powershell.PsArray;
import io.gds.database.testkit.powershell.PsObject;
import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Get-ItemProperty, for keys of the registry. */
final class PropertyCmdlets {
    private final ScriptHost scripts;
    private final WindowsHost host;

    private PropertyCmdlets(ScriptHost scripts) {
        this.scripts = scripts;
        this.host = scripts.windows();
    }

    static void addTo(Commands commands, ScriptHost scripts) {
        PropertyCmdlets c = new PropertyCmdlets(scripts);
        commands.add(Cmdlet.named("Get-ItemProperty")
                .takes(ItemCmdlets.paths())
                .takes(Parameter.of("Name", "string[]").at(1).alias("PSProperty"))
                .knows("Filter", "Include", "Exclude", "Credential", "UseTransaction")
                .either("Path", "LiteralPath")
                .does(c::get));
    }

    private void get(CmdletCall call) {
        for (String path : call.texts("Path")) {
            call.each(() -> properties(call, ProviderPath.withoutWildcards(path, scripts)));
        }
        for (String path : call.texts("LiteralPath")) {
            call.each(() -> properties(call, ProviderPath.of(path, scripts)));
        }
    }

    /** A key without values gives nothing at all, as the real provider has it. */
    private void properties(CmdletCall call, ProviderPath path) {
        if (!path.registry()) {
            throw new UnsupportedPowerShell("Get-ItemProperty of a file");
        }
        new Items(scripts).get(path);
        String written = host.registry().written(path.path());
        List<String> wanted = call.texts("Name");
        PsObject out = PsObject.custom();
        boolean any = false;
        for (Registry.Named value : host.registry().values(path.path())) {
            String name = value.name().isEmpty() ? "(default)" : value.name();
            if (wanted.isEmpty() || wanted.stream().anyMatch(name::equalsIgnoreCase)) {
                out.with(name, seen(value.value()));
                any = true;
            }
        }
        for (String name : wanted) {
            if (host.registry().get(path.path(), name.equals("(default)") ? "" : name) == null) {
                call.error(new NetFailure(
                        new NetException(
                                "System.Management.Automation.ItemNotFoundException",
                                "Property " + name + " does not exist at path " + written + "."),
                        "InvalidArgument",
                        "System.Management.Automation.PSArgumentException"));
            }
        }
        if (any) {
            int end = written.lastIndexOf('\\');
            call.write(out.with("PSPath", new ProviderPath(true, written, written).psPath())
                    .with(
                            "PSParentPath",
                            "Microsoft.PowerShell.Core\\Registry::" + (end < 0 ? "" : written.substring(0, end)))
                    .with("PSChildName", Paths.name(written))
                    .with("PSDrive", "HKLM")
                    .with("PSProvider", "Microsoft.PowerShell.Core\\Registry"));
        }
    }

    private Object seen(RegistryValue value) {
        if (value instanceof RegistryValue.Text t) {
            return expanded(t.text());
        }
        if (value instanceof RegistryValue.Dword n) {
            return n.number();
        }
        if (value instanceof RegistryValue.Qword n) {
            return n.number();
        }
        return PsArray.ofStrings(((RegistryValue.Texts) value).texts());
    }

    /** The model does not tell REG_SZ from REG_EXPAND_SZ: what names a variable is of the second kind. */
    private String expanded(String text) {
        Matcher m = Pattern.compile("%([A-Za-z()0-9]+)%").matcher(text);
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (m.find()) {
            String value = scripts.environment(m.group(1));
            parts.add(text.substring(from, m.start()) + (value == null ? m.group() : value));
            from = m.end();
        }
        return String.join("", parts) + text.substring(from);
    }
}
