package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries pipelines out: each object goes through all of them before the next one comes. */
final class Pipelines {
    private final Session session;
    private final CommandStarter starter;

    Pipelines(Session session) {
        this.session = session;
        this.starter = new CommandStarter(session);
    }

    void run(Ast.Pipeline pipeline, Output out) {
        List<Ast.Stage> stages = pipeline.stages();
        if (stages.size() == 1 && stages.get(0) instanceof Ast.Value value) {
            alone(value.expression(), out);
            return;
        }
        List<Cmdlet.Running> running = new ArrayList<>();
        Output next = out;
        for (int i = stages.size() - 1; i >= 0; i--) {
            if (stages.get(i) instanceof Ast.Command command) {
                Cmdlet.Running one = starter.start(command, i > 0, next);
                running.add(0, one);
                next = guarded(command, one);
            }
        }
        session.variables().succeeded(true);
        int firstToEnd = feed(stages.get(0), running, next);
        for (int i = firstToEnd; i < running.size(); i++) {
            i = Math.max(i, end(stages.get(i + stages.size() - running.size()), running, i));
        }
    }

    /** Gives the number of the last command that need not hear of the end any more. */
    private int end(Ast.Stage stage, List<Cmdlet.Running> running, int number) {
        try {
            running.get(number).end();
            return number;
        } catch (Jump.Enough enough) {
            return running.indexOf(enough.who()) - 1;
        } catch (NetFailure failure) {
            String name = stage instanceof Ast.Command command ? starter.nameOf(command) : "";
            throw session.errors().statement(failure, name, stage.at());
        } catch (UnsupportedPowerShell unknown) {
            throw unknown.at(session.source(), stage.at());
        }
    }

    /** Gives the number of the first command that has still to hear of the end. */
    private int feed(Ast.Stage first, List<Cmdlet.Running> running, Output next) {
        try {
            if (first instanceof Ast.Value value) {
                Conversions.items(session.expressions().value(value.expression()))
                        .forEach(next::write);
            } else {
                next.write(Nothing.VALUE);
            }
            return 0;
        } catch (Jump.Enough enough) {
            int who = running.indexOf(enough.who());
            if (who < 0) {
                throw enough;
            }
            return who;
        }
    }

    private Output guarded(Ast.Command command, Cmdlet.Running running) {
        return value -> {
            session.host().check();
            try {
                running.process(value);
            } catch (NetFailure failure) {
                throw session.errors().statement(failure, starter.nameOf(command), command.at());
            } catch (UnsupportedPowerShell unknown) {
                throw unknown.at(session.source(), command.at());
            }
        };
    }

    /** An expression writes its value; an assignment in parentheses does too, a step on its own does not. */
    private void alone(Ast.Expression expression, Output out) {
        Object value = session.expressions().value(expression);
        session.variables().succeeded(true);
        if (!(expression instanceof Ast.Step)) {
            out.writeItems(value);
        }
    }

    /** Runs a script block or a function by itself. */
    void call(ScriptBlock block, List<Given> given, @Nullable String name, boolean share, Output out) {
        session.call(block.body(), given, name == null ? "" : name, share, false, out);
    }
}
