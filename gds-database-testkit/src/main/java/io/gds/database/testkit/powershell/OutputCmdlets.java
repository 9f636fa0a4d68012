package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands that write. */
final class OutputCmdlets {
    private OutputCmdlets() {}

    static void addTo(Commands commands) {
        commands.add(Cmdlet.named("Out-Null")
                .takes(Parameter.of("InputObject", "object").piped())
                .does(call -> {}));
        commands.add(Cmdlet.named("Write-Output")
                .takes(Parameter.of("InputObject", "object").at(0).piped(), Parameter.flag("NoEnumerate"))
                .does(OutputCmdlets::output));
        commands.add(Cmdlet.named("Write-Host")
                .takes(Parameter.of("Object", "object").at(0).piped(), Parameter.flag("NoNewline"))
                .knows("Separator", "ForegroundColor", "BackgroundColor")
                .does(call -> call.session()
                        .host()
                        .out(Conversions.text(call.value("Object")) + (call.flag("NoNewline") ? "" : "\r\n"))));
        commands.add(Cmdlet.named("Write-Error")
                .takes(Parameter.of("Message", "string").at(0).piped().needed())
                .knows("Exception", "ErrorRecord", "Category", "ErrorId", "TargetObject", "RecommendedAction")
                .does(call -> call.error(
                        new NetFailure("Microsoft.PowerShell.Commands.WriteErrorException", call.text("Message")))));
        commands.add(Cmdlet.named("Write-Warning")
                .takes(Parameter.of("Message", "string").at(0).piped().needed())
                .does(call -> told(call, "Warning")));
        commands.add(Cmdlet.named("Write-Verbose")
                .takes(Parameter.of("Message", "string").at(0).piped().needed())
                .does(call -> told(call, "Verbose")));
        commands.add(Cmdlet.named("Write-Debug")
                .takes(Parameter.of("Message", "string").at(0).piped().needed())
                .does(call -> told(call, "Debug")));
    }

    private static void output(CmdletCall call) {
        Object value = call.value("InputObject");
        if (call.flag("NoEnumerate")) {
            call.write(value);
        } else {
            List<@Nullable Object> items = new ArrayList<>(Conversions.items(value));
            items.forEach(call::write);
        }
    }

    private static void told(CmdletCall call, String stream) {
        String preference = call.session().variables().preference(stream + "Preference");
        switch (preference) {
            case "silentlycontinue", "ignore" -> {
                // nobody wants to hear it
            }
            case "continue" ->
                call.session()
                        .host()
                        .report(
                                stream,
                                stream.toUpperCase(java.util.Locale.ROOT) + ": " + call.text("Message") + "\r\n");
            default -> throw new UnsupportedPowerShell("$" + stream + "Preference " + preference);
        }
    }
}
