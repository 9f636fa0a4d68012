package io.gds.database.testkit.tds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements a connection has prepared, and the procedures by which clients prepare and execute them. Not thread-safe. */
final class Statements {
    private static final int NOT_SUPPORTED = 50000;
    private static final int NO_SUCH_HANDLE = 8179;
    private static final int WRONG_CALL = 8009;

    /** Drivers send their clearing up as SQL text. */
    private static final Pattern UNPREPARE =
            Pattern.compile("(\\s*EXEC\\s+sp_unprepare\\s+(\\d+)\\s*;?)+\\s*", Pattern.CASE_INSENSITIVE);

    private static final Pattern HANDLE = Pattern.compile("\\d+");

    private record Prepared(String text, List<String> names) {}

    private final Map<Integer, Prepared> prepared = new HashMap<>();
    private int lastHandle;

    RpcTask task(RpcRequest call) throws SqlFailure {
        return switch (call.name().toLowerCase(Locale.ROOT)) {
            case "sp_executesql" -> execute(text(call, 0), names(call, 1), call.parameters(), 2);
            case "sp_prepare" -> prepare(call);
            case "sp_prepexec" -> prepareAndExecute(call);
            case "sp_execute" -> executePrepared(call);
            case "sp_unprepare" -> unprepare(call);
            case "sp_prepexecrpc" -> throw notSupported(call);
            default -> {
                if (call.name().toLowerCase(Locale.ROOT).startsWith("sp_cursor")) {
                    throw notSupported(call);
                }
                yield RpcTask.run(
                        new SqlBatch(SqlBatch.Kind.PROCEDURE, call.name(), named(call.parameters(), List.of())), 0);
            }
        };
    }

    /** Whether the text did nothing but forget statements, which it then has. */
    boolean forgets(String text) {
        if (!UNPREPARE.matcher(text).matches()) {
            return false;
        }
        Matcher handles = HANDLE.matcher(text);
        while (handles.find()) {
            prepared.remove(Integer.parseInt(handles.group()));
        }
        return true;
    }

    /** A connection that goes to its next user has no statements any more. */
    void reset() {
        prepared.clear();
    }

    private static RpcTask execute(String text, List<String> names, List<SqlParameter> all, int skipped) {
        List<SqlParameter> own = all.subList(Math.min(skipped, all.size()), all.size());
        return RpcTask.run(new SqlBatch(SqlBatch.Kind.STATEMENT, text, named(own, names)), skipped);
    }

    private RpcTask prepare(RpcRequest call) throws SqlFailure {
        int handle = keep(text(call, 2), names(call, 1));
        return new RpcTask(Optional.empty(), OptionalInt.of(handle), 0);
    }

    private RpcTask prepareAndExecute(RpcRequest call) throws SqlFailure {
        List<String> names = names(call, 1);
        String text = text(call, 2);
        RpcTask run = execute(text, names, call.parameters(), 3);
        return new RpcTask(run.batch(), OptionalInt.of(keep(text, names)), run.skipped());
    }

    private int keep(String text, List<String> names) {
        prepared.put(++lastHandle, new Prepared(text, names));
        return lastHandle;
    }

    private RpcTask executePrepared(RpcRequest call) throws SqlFailure {
        int handle = handle(call);
        Prepared statement = prepared.get(handle);
        if (statement == null) {
            throw noSuchHandle(handle);
        }
        return execute(statement.text(), statement.names(), call.parameters(), 1);
    }

    private RpcTask unprepare(RpcRequest call) throws SqlFailure {
        int handle = handle(call);
        if (prepared.remove(handle) == null) {
            throw noSuchHandle(handle);
        }
        return RpcTask.nothing();
    }

    private static int handle(RpcRequest call) throws SqlFailure {
        return value(call, 0, Integer.class).orElseThrow(() -> wrong(call));
    }

    private static String text(RpcRequest call, int index) throws SqlFailure {
        return value(call, index, String.class).orElseThrow(() -> wrong(call));
    }

    private static List<String> names(RpcRequest call, int index) {
        return value(call, index, String.class).map(Declarations::names).orElse(List.of());
    }

    private static <T> Optional<T> value(RpcRequest call, int index, Class<T> type) {
        if (index >= call.parameters().size()) {
            return Optional.empty();
        }
        Object value = call.parameters().get(index).value();
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }

    /** A parameter has the name it came with, or that of its declaration, or one by its place. */
    private static List<SqlParameter> named(List<SqlParameter> parameters, List<String> names) {
        List<SqlParameter> out = new ArrayList<>();
        for (SqlParameter p : parameters) {
            int place = out.size();
            String fallback = place < names.size() ? names.get(place) : "@P" + place;
            out.add(p.name().isEmpty() ? new SqlParameter(fallback, p.value(), p.output()) : p);
        }
        return out;
    }

    private static SqlFailure wrong(RpcRequest call) {
        return new SqlFailure(WRONG_CALL, 1, 16, "The parameters of " + call.name() + " are not what they must be.");
    }

    private static SqlFailure noSuchHandle(int handle) {
        return new SqlFailure(NO_SUCH_HANDLE, 4, 16, "Could not find prepared statement with handle " + handle + ".");
    }

    private static SqlFailure notSupported(RpcRequest call) {
        return new SqlFailure(NOT_SUPPORTED, 1, 16, "This stand-in does not know " + call.name() + ".");
    }
}
