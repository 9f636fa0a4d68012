package io.gds.database.testkit.powershell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A script as a tree. */
sealed interface Ast {
    /** Where it begins. */
    Position at();

    /** What stands on its own. */
    sealed interface Statement extends Ast {}

    /** What has a value. */
    sealed interface Expression extends Ast {}

    /** One part of a pipeline. */
    sealed interface Stage extends Ast {}

    /** One thing given to a command. */
    sealed interface Element extends Ast {}

    /** Statements in braces. */
    record Block(Position at, List<Statement> statements) implements Ast {}

    /** A parameter of a function or a script. */
    record Param(
            Position at, List<Attribute> attributes, @Nullable String type, String name, @Nullable Expression otherwise)
            implements Ast {}

    /** An attribute: {@code [Parameter(Mandatory = $true)]}. */
    record Attribute(Position at, String name, List<Expression> values, List<Entry> named) implements Ast {}

    /** Parameters and statements; a simple one has no attributes and takes what it was not asked for as $args. */
    record Body(Position at, Source source, List<Param> params, boolean advanced, Block block, String text)
            implements Ast {}

    record Pipeline(Position at, List<Stage> stages) implements Statement {}

    record Assign(Position at, Expression target, String operator, Statement value) implements Statement {}

    record If(Position at, List<Branch> branches, @Nullable Block otherwise) implements Statement {}

    record Branch(Position at, Statement condition, Block block) implements Ast {}

    record Foreach(Position at, String variable, Statement collection, Block body) implements Statement {}

    record For(
            Position at, @Nullable Statement first, @Nullable Statement condition, @Nullable Statement step, Block body)
            implements Statement {}

    /** while; with bodyFirst do-while, with until the condition ends it. */
    record Loop(Position at, Statement condition, Block body, boolean bodyFirst, boolean until) implements Statement {}

    record Switch(Position at, Statement value, List<Case> cases, @Nullable Block otherwise) implements Statement {}

    record Case(Position at, Expression when, Block block) implements Ast {}

    record Break(Position at) implements Statement {}

    record Continue(Position at) implements Statement {}

    record Return(Position at, @Nullable Statement value) implements Statement {}

    record Throw(Position at, @Nullable Statement value) implements Statement {}

    record Exit(Position at, @Nullable Statement value) implements Statement {}

    record Try(Position at, Block body, List<Catch> catches, @Nullable Block last) implements Statement {}

    /** Without types it takes everything. */
    record Catch(Position at, List<String> types, Block block) implements Ast {}

    record Function(Position at, String name, Body body) implements Statement {}

    record Value(Position at, Expression expression) implements Stage {}

    /** A command; the operator is empty, {@code &} or {@code .} */
    record Command(
            Position at, String operator, Expression name, List<Element> elements, List<Redirection> redirections)
            implements Stage {}

    record Redirection(Position at, String stream, Expression target) implements Ast {}

    record Argument(Position at, Expression value) implements Element {}

    /** A parameter's name, and its value when that was joined to it by a colon. */
    record Named(Position at, String name, @Nullable Expression value) implements Element {}

    record Splat(Position at, String variable) implements Element {}

    /** What stands behind --% to the end of the line, for a program that gets it as it is. */
    record Verbatim(Position at, String text) implements Element {}

    record Literal(Position at, @Nullable Object value) implements Expression {}

    /** A number without quotes as an argument: programs get it as it was written. */
    record BareNumber(Position at, String text, @Nullable Object value) implements Expression {}

    /** A string whose parts are put together. */
    record Text(Position at, List<Expression> parts) implements Expression {}

    /** A variable; its scope or drive stands in front of the name with a colon. */
    record Variable(Position at, String name) implements Expression {}

    record Items(Position at, List<Expression> items) implements Expression {}

    record ArrayOf(Position at, Block block) implements Expression {}

    record Sub(Position at, Block block) implements Expression {}

    record Paren(Position at, Statement statement) implements Expression {}

    record Table(Position at, List<Entry> entries) implements Expression {}

    record Entry(Position at, Expression key, Statement value) implements Ast {}

    record Code(Position at, Body body) implements Expression {}

    record Type(Position at, String name) implements Expression {}

    record Cast(Position at, String type, Expression value) implements Expression {}

    record Unary(Position at, String operator, Expression value) implements Expression {}

    record Binary(Position at, String operator, Expression left, Expression right) implements Expression {}

    record Member(Position at, Expression target, Expression name, boolean isStatic) implements Expression {}

    record Invoke(Position at, Expression target, Expression name, List<Expression> arguments, boolean isStatic)
            implements Expression {}

    record Index(Position at, Expression target, Expression index) implements Expression {}

    /** {@code ++} or {@code --}. */
    record Step(Position at, String operator, Expression target, boolean before) implements Expression {}
}
