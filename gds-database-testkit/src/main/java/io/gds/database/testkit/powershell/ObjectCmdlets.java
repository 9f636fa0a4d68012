package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands that work on whatever comes down the pipeline. */
final class ObjectCmdlets {
    private ObjectCmdlets() {}

    static void addTo(Commands commands) {
        Parameter input = Parameter.of("InputObject", "object").piped();
        commands.add(Cmdlet.named("ForEach-Object")
                .takes(Parameter.of("Process", "object").at(0).needed(), input)
                .knows("Begin", "End", "RemainingScripts", "MemberName", "ArgumentList")
                .does(call -> {
                    if (call.has("InputObject")) {
                        block(call, "Process", out -> call.write(out));
                    }
                }));
        commands.add(Cmdlet.named("Where-Object")
                .takes(Parameter.of("FilterScript", "object").at(0).needed(), input)
                .knows(
                        "Property",
                        "Value",
                        "EQ",
                        "NE",
                        "GT",
                        "LT",
                        "GE",
                        "LE",
                        "Like",
                        "NotLike",
                        "Match",
                        "In",
                        "Contains",
                        "CEQ",
                        "CMatch",
                        "NotMatch",
                        "NotContains",
                        "NotIn",
                        "Is",
                        "IsNot")
                .does(call -> {
                    List<@Nullable Object> verdict = new ArrayList<>();
                    if (call.has("InputObject")) {
                        block(call, "FilterScript", verdict::add);
                        if (Conversions.truth(Conversions.collapse(verdict))) {
                            call.write(call.value("InputObject"));
                        }
                    }
                }));
        commands.add(Cmdlet.named("Select-Object")
                .takes(
                        Parameter.of("Property", "string[]").at(0),
                        Parameter.of("First", "int"),
                        Parameter.of("Last", "int"),
                        Parameter.of("Skip", "int"),
                        Parameter.of("ExpandProperty", "string"),
                        input)
                .knows("ExcludeProperty", "Unique", "SkipLast", "Wait", "Index")
                .runs(Selection::new));
        commands.add(Cmdlet.named("Sort-Object")
                .takes(Parameter.of("Property", "object[]").at(0), Parameter.flag("Descending"), input)
                .knows("Unique", "Culture", "CaseSensitive")
                .runs(Sorting::new));
    }

    private static void block(CmdletCall call, String parameter, Output out) {
        if (!(call.value(parameter) instanceof ScriptBlock block)) {
            throw new UnsupportedPowerShell("-" + parameter + " without a script block");
        }
        call.session().callWith(block, call.value("InputObject"), out);
    }

    /** Select-Object. */
    private static final class Selection implements Cmdlet.Running {
        private final CmdletCall call;
        private final List<@Nullable Object> kept = new ArrayList<>();
        private int skipped;
        private int written;

        Selection(CmdletCall call) {
            this.call = call;
        }

        @Override
        public void process(@Nullable Object value) {
            if (value == Nothing.VALUE) {
                throw new UnsupportedPowerShell("Select-Object without a pipeline");
            }
            if (skipped < call.integer("Skip", 0) && !call.has("Last")) {
                skipped++;
                return;
            }
            if (call.has("Last")) {
                kept.add(value);
                return;
            }
            if (call.has("First") && written >= call.integer("First", 0)) {
                throw new Jump.Enough(this);
            }
            write(value);
            written++;
            if (call.has("First") && written >= call.integer("First", 0)) {
                throw new Jump.Enough(this);
            }
        }

        @Override
        public void end() {
            int from = Math.max(0, kept.size() - call.integer("Last", 0));
            kept.subList(from, kept.size()).forEach(this::write);
        }

        private void write(@Nullable Object value) {
            Members members = call.session().members();
            if (call.has("ExpandProperty")) {
                Conversions.items(members.get(value, call.text("ExpandProperty")))
                        .forEach(call::write);
            } else if (call.has("Property")) {
                PsObject out = PsObject.custom();
                call.texts("Property").forEach(p -> out.with(p, members.get(value, p)));
                call.write(out);
            } else {
                call.write(value);
            }
        }
    }

    /** Sort-Object. */
    private static final class Sorting implements Cmdlet.Running {
        private final CmdletCall call;
        private final List<@Nullable Object> items = new ArrayList<>();

        Sorting(CmdletCall call) {
            this.call = call;
        }

        @Override
        public void process(@Nullable Object value) {
            if (value == Nothing.VALUE) {
                throw new UnsupportedPowerShell("Sort-Object without a pipeline");
            }
            items.add(value);
        }

        @Override
        public void end() {
            Comparator<@Nullable Object> order = this::compare;
            items.sort(call.flag("Descending") ? order.reversed() : order);
            items.forEach(call::write);
        }

        private int compare(@Nullable Object a, @Nullable Object b) {
            Comparison comparison = call.session().comparison();
            if (!call.has("Property")) {
                return comparison.order(a, b);
            }
            for (@Nullable Object by : Conversions.items(call.value("Property"))) {
                int c = comparison.order(key(by, a), key(by, b));
                if (c != 0) {
                    return c;
                }
            }
            return 0;
        }

        private @Nullable Object key(@Nullable Object by, @Nullable Object item) {
            if (by instanceof ScriptBlock block) {
                List<@Nullable Object> out = new ArrayList<>();
                call.session().callWith(block, item, out::add);
                return Conversions.plain(Conversions.collapse(out));
            }
            if (by instanceof PsHashtable) {
                throw new UnsupportedPowerShell("Sort-Object by a hashtable");
            }
            return call.session().members().get(item, Conversions.text(by));
        }
    }
}
