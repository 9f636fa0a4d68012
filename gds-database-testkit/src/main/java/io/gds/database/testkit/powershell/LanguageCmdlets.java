package io.gds.database.testkit.powershell;

import java.time.Duration;

/** Commands that belong to the language: strict mode, the time, objects of .NET. */
final class LanguageCmdlets {
    private LanguageCmdlets() {}

    static void addTo(Commands commands, Session session) {
        PowerShellHost host = session.host();
        commands.add(Cmdlet.named("Set-StrictMode")
                .takes(Parameter.of("Version", "string"), Parameter.flag("Off"))
                .either("Version", "Off")
                .does(call -> session.scope().strict(version(call))));
        commands.add(Cmdlet.named("Get-Date")
                .takes(
                        Parameter.of("Date", "datetime")
                                .at(0)
                                .alias("LastWriteTime")
                                .piped(),
                        Parameter.of("Format", "string"))
                .knows("UFormat", "Year", "Month", "Day", "Hour", "Minute", "Second", "Millisecond", "DisplayHint")
                .does(call -> {
                    PsDateTime date =
                            call.value("Date") instanceof PsDateTime d ? d : PsDateTime.local(host.now(), host.zone());
                    call.write(call.has("Format") ? date.format(call.text("Format")) : date);
                }));
        commands.add(Cmdlet.named("Start-Sleep")
                .takes(
                        Parameter.of("Seconds", "int").at(0).alias("s"),
                        Parameter.of("Milliseconds", "int").alias("m"))
                .either("Seconds", "Milliseconds")
                .does(call -> host.sleep(
                        Duration.ofSeconds(call.integer("Seconds", 0)).plusMillis(call.integer("Milliseconds", 0)))));
        commands.add(Cmdlet.named("New-Object")
                .takes(
                        Parameter.of("TypeName", "string").at(0).needed(),
                        Parameter.of("ArgumentList", "object[]").at(1).alias("Args"),
                        Parameter.of("Property", "hashtable"))
                .knows("ComObject", "Strict")
                .does(LanguageCmdlets::newObject));
    }

    private static double version(CmdletCall call) {
        if (call.flag("Off")) {
            return 0;
        }
        String version = call.text("Version");
        return switch (version.toLowerCase(java.util.Locale.ROOT)) {
            case "1", "1.0" -> 1;
            case "2", "2.0" -> 2;
            case "3", "3.0", "4", "4.0", "5", "5.0", "5.1", "latest" -> 3;
            default -> throw new UnsupportedPowerShell("Set-StrictMode -Version " + version);
        };
    }

    private static void newObject(CmdletCall call) {
        String name = call.text("TypeName");
        boolean custom = name.equalsIgnoreCase("PSObject")
                || name.equalsIgnoreCase("PSCustomObject")
                || name.equalsIgnoreCase("System.Management.Automation.PSObject");
        if (custom) {
            PsObject out = PsObject.custom();
            if (call.value("Property") instanceof PsHashtable table) {
                table.entries().forEach(e -> out.with(Conversions.text(e.key()), e.value()));
            }
            call.write(out);
            return;
        }
        if (call.has("Property")) {
            throw new UnsupportedPowerShell("New-Object " + name + " -Property");
        }
        NetTypes types = call.session().types();
        NetArguments arguments = new NetArguments(
                "new", Conversions.items(call.has("ArgumentList") ? call.value("ArgumentList") : Nothing.VALUE), types);
        call.write(types.get(name).call("new", arguments));
    }
}
