package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries statements out. */
final class Statements {
    private final Session session;

    Statements(Session session) {
        this.session = session;
    }

    /** One after the other; one that an error ended is followed by the next, when errors do not end the script. */
    void run(Ast.Block block, Output out) {
        for (Ast.Statement statement : block.statements()) {
            session.host().check();
            try {
                run(statement, out);
            } catch (PsException e) {
                if (!session.errors().goesOn(e)) {
                    throw e;
                }
            } catch (UnsupportedPowerShell unknown) {
                throw unknown.at(session.source(), statement.at());
            }
        }
    }

    /** A statement as a value. An expression keeps the array that it is; what is written is collected. */
    @Nullable
    Object value(Ast.Statement statement) {
        if (statement instanceof Ast.Pipeline pipeline
                && pipeline.stages().size() == 1
                && pipeline.stages().get(0) instanceof Ast.Value value) {
            return session.expressions().value(value.expression());
        }
        if (statement instanceof Ast.Assign assign) {
            return session.expressions().assignments().assign(assign);
        }
        List<@Nullable Object> out = new ArrayList<>();
        run(statement, out::add);
        return Conversions.collapse(out);
    }

    private boolean truth(Ast.Statement statement) {
        return Conversions.truth(value(statement));
    }

    private void run(Ast.Statement s, Output out) {
        if (s instanceof Ast.Pipeline pipeline) {
            session.pipelines().run(pipeline, out);
        } else if (s instanceof Ast.Assign assign) {
            session.expressions().assignments().assign(assign);
            session.variables().succeeded(true);
        } else if (s instanceof Ast.If choice) {
            choose(choice, out);
        } else if (s instanceof Ast.Foreach loop) {
            for (@Nullable Object item : eachOf(value(loop.collection()))) {
                session.variables().set(loop.variable(), item, null);
                if (!pass(loop.body(), out)) {
                    return;
                }
            }
        } else if (s instanceof Ast.For loop) {
            count(loop, out);
        } else if (s instanceof Ast.Loop loop) {
            repeat(loop, out);
        } else if (s instanceof Ast.Switch choice) {
            choose(choice, out);
        } else if (s instanceof Ast.Try attempt) {
            attempt(attempt, out);
        } else if (s instanceof Ast.Function function) {
            session.scope().function(function.name(), new ScriptBlock(function.body()));
        } else {
            leave(s, out);
        }
    }

    private void leave(Ast.Statement s, Output out) {
        if (s instanceof Ast.Break) {
            throw new Jump.Break();
        }
        if (s instanceof Ast.Continue) {
            throw new Jump.Continue();
        }
        if (s instanceof Ast.Return end) {
            if (end.value() != null) {
                out.writeItems(value(end.value()));
            }
            throw new Jump.Return();
        }
        if (s instanceof Ast.Exit end) {
            Object code = end.value() == null ? 0 : Conversions.plain(value(end.value()));
            throw new Jump.Exit(code == null ? 0 : Numbers.integer(code));
        }
        if (s instanceof Ast.Throw error) {
            if (error.value() == null) {
                throw again(error);
            }
            throw session.errors().thrown(Conversions.plain(value(error.value())), error.at());
        }
        throw new IllegalStateException("statement " + s);
    }

    /** {@code throw} alone, in a catch block. */
    private PsException again(Ast.Throw error) {
        Scope.Slot slot = session.scope().find("_");
        return session.errors().thrown(slot != null && slot.value instanceof ErrorRecord e ? e : null, error.at());
    }

    /** Of null there is none, other than in a pipeline. */
    private static List<@Nullable Object> eachOf(@Nullable Object value) {
        return Conversions.isNull(value) ? List.of() : Conversions.items(value);
    }

    private void choose(Ast.If choice, Output out) {
        for (Ast.Branch branch : choice.branches()) {
            if (truth(branch.condition())) {
                run(branch.block(), out);
                return;
            }
        }
        if (choice.otherwise() != null) {
            run(choice.otherwise(), out);
        }
    }

    private void choose(Ast.Switch choice, Output out) {
        for (@Nullable Object item : eachOf(value(choice.value()))) {
            Object before = session.scope().slot("_").value;
            session.scope().set("_", item);
            boolean none = true;
            try {
                for (Ast.Case one : choice.cases()) {
                    if (fits(one, item)) {
                        none = false;
                        run(one.block(), out);
                    }
                }
                if (none && choice.otherwise() != null) {
                    run(choice.otherwise(), out);
                }
            } catch (Jump.Break end) {
                return;
            } catch (Jump.Continue next) {
                // the next object comes
            } finally {
                session.scope().set("_", before);
            }
        }
    }

    private boolean fits(Ast.Case one, @Nullable Object item) {
        Object when = session.expressions().plain(one.when());
        if (when instanceof ScriptBlock) {
            throw new UnsupportedPowerShell("switch with a script block as a condition").at(session.source(), one.at());
        }
        return session.comparison().equal(item, when, false);
    }

    /** One pass of a loop; false when it was the last. */
    private boolean pass(Ast.Block body, Output out) {
        session.host().check();
        try {
            run(body, out);
            return true;
        } catch (Jump.Continue next) {
            return true;
        } catch (Jump.Break end) {
            return false;
        }
    }

    private void count(Ast.For loop, Output out) {
        if (loop.first() != null) {
            value(loop.first());
        }
        while (loop.condition() == null || truth(loop.condition())) {
            if (!pass(loop.body(), out)) {
                return;
            }
            if (loop.step() != null) {
                value(loop.step());
            }
        }
    }

    private void repeat(Ast.Loop loop, Output out) {
        if (loop.bodyFirst() && !pass(loop.body(), out)) {
            return;
        }
        while (truth(loop.condition()) != loop.until()) {
            if (!pass(loop.body(), out)) {
                return;
            }
        }
    }

    /** What ends a process runs no finally block: only errors and jumps do. */
    private void attempt(Ast.Try attempt, Output out) {
        RuntimeException onItsWay = null;
        try {
            body(attempt, out);
        } catch (PsException | Jump e) {
            onItsWay = e;
        }
        if (attempt.last() != null) {
            run(attempt.last(), out);
        }
        if (onItsWay != null) {
            throw onItsWay;
        }
    }

    private void body(Ast.Try attempt, Output out) {
        if (attempt.catches().isEmpty()) {
            run(attempt.body(), out);
            return;
        }
        PsException error;
        session.enterTry();
        try {
            run(attempt.body(), out);
            return;
        } catch (PsException e) {
            error = e;
        } finally {
            session.leaveTry();
        }
        for (Ast.Catch one : attempt.catches()) {
            ErrorRecord seen = Catching.seenBy(one, error, session.source());
            if (seen != null) {
                handle(one, seen, out);
                return;
            }
        }
        throw error;
    }

    private void handle(Ast.Catch one, ErrorRecord error, Output out) {
        Scope.Slot slot = session.scope().own("_");
        Object before = slot == null ? null : slot.value;
        session.scope().set("_", error);
        session.variables().succeeded(false);
        try {
            run(one.block(), out);
        } finally {
            if (slot == null) {
                session.scope().drop("_");
            } else {
                slot.value = before;
            }
        }
    }
}
