package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what the name of a command stands for, and makes it ready to run. */
final class CommandStarter {
    private final Session session;

    CommandStarter(Session session) {
        this.session = session;
    }

    /** The name for messages. */
    String nameOf(Ast.Command command) {
        return command.name() instanceof Ast.Literal literal ? Conversions.text(literal.value()) : "";
    }

    Cmdlet.Running start(Ast.Command command, boolean piped, Output out) {
        try {
            return find(command, piped, redirected(command, out));
        } catch (NetFailure failure) {
            throw session.errors().statement(failure, nameOf(command), command.at());
        } catch (UnsupportedPowerShell unknown) {
            throw unknown.at(session.source(), command.at());
        }
    }

    private Cmdlet.Running find(Ast.Command command, boolean piped, Output out) {
        Object what = session.expressions().plain(command.name());
        boolean share = command.operator().equals(".");
        boolean quiet = quiet(command);
        if (what instanceof ScriptBlock block) {
            List<Given> given = given(command);
            return once(
                    piped, "a script block", quiet, () -> session.pipelines().call(block, given, null, share, out));
        }
        String name = Conversions.text(what);
        if (what == null || name.isEmpty()) {
            throw new NetFailure(
                    new NetException(
                            "System.Management.Automation.RuntimeException",
                            "The expression after '" + command.operator()
                                    + "' in a pipeline element produced an object that was not valid. It must result in a "
                                    + "command name, a script block, or a CommandInfo object."),
                    "InvalidOperation",
                    "BadExpression");
        }
        ScriptBlock function = session.scope().function(name);
        if (function != null) {
            List<Given> given = given(command);
            return once(piped, name, quiet, () -> session.pipelines().call(function, given, name, share, out));
        }
        Cmdlet cmdlet = session.commands().find(name);
        if (cmdlet != null) {
            List<Given> given = given(command);
            if (given.stream().anyMatch(Given::isVerbatim)) {
                throw new UnsupportedPowerShell("--% for the command " + name);
            }
            Binder.Bound bound = session.binder().cmdlet(cmdlet, given, piped);
            CmdletCall call = new CmdletCall(session, cmdlet, bound.values(), out, command.at(), bound.errorAction());
            Cmdlet.Running running = cmdlet.start(call);
            return quiet ? once(piped, name, true, () -> running.process(Nothing.VALUE)) : running;
        }
        return external(command, name, piped, share, out);
    }

    private Cmdlet.Running external(Ast.Command command, String name, boolean piped, boolean share, Output out) {
        List<Given> given = given(command);
        if (name.toLowerCase(Locale.ROOT).endsWith(".ps1")) {
            String text = session.host().script(name);
            if (text == null) {
                throw notFound(name);
            }
            return once(
                    piped,
                    name,
                    quiet(command),
                    () -> session.call(Parser.script(new Source(name, text)), given, name, share, true, out));
        }
        NativeProgram program = session.host().program(name);
        if (program == null) {
            if (name.matches("[A-Za-z]+-[A-Za-z]+")) {
                throw new UnsupportedPowerShell("command " + name);
            }
            throw notFound(name);
        }
        String arguments = NativeArguments.line(given);
        return once(piped, name, false, () -> session.variables().exitCode(program.run(arguments, out::write)));
    }

    private static NetFailure notFound(String name) {
        return new NetFailure(
                new NetException(
                        "System.Management.Automation.CommandNotFoundException",
                        "The term '" + name
                                + "' is not recognized as the name of a cmdlet, function, script file, or operable "
                                + "program. Check the spelling of the name, or if a path was included, verify that the "
                                + "path is correct and try again."),
                "ObjectNotFound",
                "CommandNotFoundException");
    }

    /** What runs once, with nothing before it in the pipeline. */
    private Cmdlet.Running once(boolean piped, String what, boolean quiet, Runnable work) {
        if (piped) {
            throw new UnsupportedPowerShell(what + " with input from a pipeline");
        }
        return input -> {
            if (quiet) {
                session.errors().muted(work);
            } else {
                work.run();
            }
        };
    }

    private static boolean quiet(Ast.Command command) {
        return command.redirections().stream()
                .anyMatch(r -> r.stream().equals("2>") || r.stream().equals("*>"));
    }

    private Output redirected(Ast.Command command, Output out) {
        Output to = out;
        for (Ast.Redirection redirection : command.redirections()) {
            boolean away =
                    redirection.target() instanceof Ast.Variable v && v.name().equalsIgnoreCase("null");
            switch (away ? redirection.stream() : "") {
                case ">", "1>", "*>" -> to = value -> {};
                case "2>" -> {
                    // errors only
                }
                default -> throw new UnsupportedPowerShell("redirection " + redirection.stream());
            }
        }
        return to;
    }

    private List<Given> given(Ast.Command command) {
        List<Given> out = new ArrayList<>();
        for (Ast.Element element : command.elements()) {
            if (element instanceof Ast.Argument argument) {
                Object value = session.expressions().plain(argument.value());
                out.add(
                        argument.value() instanceof Ast.BareNumber number
                                ? Given.argument(value, number.text())
                                : Given.argument(value));
            } else if (element instanceof Ast.Named named) {
                out.add(
                        named.value() == null
                                ? Given.named(named.name())
                                : Given.joined(
                                        named.name(), session.expressions().plain(named.value())));
            } else if (element instanceof Ast.Verbatim verbatim) {
                out.add(Given.verbatim(verbatim.text()));
            } else if (element instanceof Ast.Splat splat) {
                splat(session.variables().get(splat.variable()), out);
            }
        }
        return out;
    }

    private static void splat(@Nullable Object value, List<Given> out) {
        if (value instanceof PsHashtable table) {
            table.entries().forEach(e -> out.add(Given.joined(Conversions.text(e.key()), e.value())));
        } else {
            Conversions.items(value).forEach(v -> out.add(Given.argument(v)));
        }
    }
}
