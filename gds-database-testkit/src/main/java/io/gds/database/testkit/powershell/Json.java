package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ConvertTo-Json and ConvertFrom-Json. */
final class Json {
    private Json() {}

    static void addTo(Commands commands) {
        Parameter input = Parameter.of("InputObject", "object").at(0).piped();
        commands.add(Cmdlet.named("ConvertTo-Json")
                .takes(input, Parameter.of("Depth", "int"), Parameter.flag("Compress"))
                .runs(Writing::new));
        commands.add(Cmdlet.named("ConvertFrom-Json")
                .takes(Parameter.of("InputObject", "string").at(0).piped().needed())
                .runs(Reading::new));
    }

    /** What comes down a pipeline is one value, or an array of them. */
    private static final class Writing implements Cmdlet.Running {
        private final CmdletCall call;
        private final List<@Nullable Object> values = new ArrayList<>();

        Writing(CmdletCall call) {
            this.call = call;
        }

        @Override
        public void process(@Nullable Object value) {
            values.add(value == Nothing.VALUE ? call.value("InputObject") : value);
        }

        @Override
        public void end() {
            if (!call.flag("Compress")) {
                throw new UnsupportedPowerShell("ConvertTo-Json without -Compress");
            }
            Object value = values.size() == 1 ? values.get(0) : PsArray.of(values);
            call.write(new JsonWriter(call.integer("Depth", 2)).write(value));
        }
    }

    /** What comes down a pipeline are lines of one text. */
    private static final class Reading implements Cmdlet.Running {
        private final CmdletCall call;
        private final List<String> lines = new ArrayList<>();

        Reading(CmdletCall call) {
            this.call = call;
        }

        @Override
        public void process(@Nullable Object value) {
            lines.add(Conversions.text(value == Nothing.VALUE ? call.value("InputObject") : value));
        }

        @Override
        public void end() {
            call.write(JsonReader.read(String.join("\r\n", lines)));
        }
    }
}
