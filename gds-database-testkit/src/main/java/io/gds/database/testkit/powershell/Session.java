package io.gds.database.testkit.powershell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One PowerShell at work: its variables, and the parts that carry scripts out. Used by one thread. */
final class Session {
    /** Deeper than any honest script calls itself. */
    private static final int DEEPEST = 200;

    private final PowerShellHost host;
    private final NetTypes types = new NetTypes();
    private final Commands commands = new Commands();
    private final Casts casts;
    private final Binder binder;
    private final Comparison comparison;
    private final Operators operators;
    private final Members members;
    private final Variables variables;
    private final Expressions expressions;
    private final Statements statements;
    private final Pipelines pipelines;
    private final Errors errors;
    private final Deque<Source> sources = new ArrayDeque<>();
    private Scope scope = new Scope(null, true);
    private int tries;

    Session(PowerShellHost host) {
        this.host = host;
        BaseTypes.addTo(types);
        new TimeTypes(host).addTo(types);
        ConsoleType.addTo(types, host);
        this.casts = new Casts(types);
        this.binder = new Binder(casts);
        this.comparison = new Comparison(casts);
        this.operators = new Operators(casts, comparison);
        this.variables = new Variables(this);
        this.members = new Members(this);
        this.errors = new Errors(this);
        this.expressions = new Expressions(this);
        this.statements = new Statements(this);
        this.pipelines = new Pipelines(this);
        ObjectCmdlets.addTo(commands);
        OutputCmdlets.addTo(commands);
        LanguageCmdlets.addTo(commands, this);
        Json.addTo(commands);
        host.addTypes(types);
        host.addCommands(commands);
    }

    PowerShellHost host() {
        return host;
    }

    NetTypes types() {
        return types;
    }

    Commands commands() {
        return commands;
    }

    Casts casts() {
        return casts;
    }

    Binder binder() {
        return binder;
    }

    Comparison comparison() {
        return comparison;
    }

    Operators operators() {
        return operators;
    }

    Members members() {
        return members;
    }

    Variables variables() {
        return variables;
    }

    Expressions expressions() {
        return expressions;
    }

    Statements statements() {
        return statements;
    }

    Pipelines pipelines() {
        return pipelines;
    }

    Errors errors() {
        return errors;
    }

    Scope scope() {
        return scope;
    }

    /** The script that is being carried out. */
    Source source() {
        Source source = sources.peek();
        return source == null ? new Source(null, "") : source;
    }

    boolean isInTry() {
        return tries > 0;
    }

    void enterTry() {
        tries++;
    }

    void leaveTry() {
        tries--;
    }

    /** Carries a body out with what it was given, in a scope of its own unless it is to share the present one. */
    void call(Ast.Body body, List<Given> given, String name, boolean share, boolean script, Output out) {
        if (sources.size() >= DEEPEST) {
            throw errors.statement(
                    new NetFailure(
                            "System.Management.Automation.ScriptCallDepthException",
                            "The script failed due to call depth overflow."),
                    body.at());
        }
        Scope before = scope;
        Scope inner = share ? before : new Scope(before, script);
        sources.push(body.source());
        scope = inner;
        try {
            new FunctionCall(this, body, name).bind(given, inner);
            statements.run(body.block(), out);
        } catch (Jump.Return end) {
            // it has written what it returned
        } finally {
            scope = before;
            sources.pop();
        }
    }

    /** Carries a block of a pipeline out for one object: in the present scope, with the object as {@code $_}. */
    void callWith(ScriptBlock block, @Nullable Object item, Output out) {
        Scope.Slot slot = scope.own("_");
        Object before = slot == null ? null : slot.value;
        sources.push(block.body().source());
        scope.set("_", item);
        try {
            statements.run(block.body().block(), out);
        } catch (Jump.Return end) {
            // the next object comes
        } finally {
            sources.pop();
            if (slot == null) {
                scope.drop("_");
            } else {
                slot.value = before;
            }
        }
    }
}
