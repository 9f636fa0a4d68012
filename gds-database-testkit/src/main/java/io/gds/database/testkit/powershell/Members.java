package io.gds.database.testkit.powershell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Properties, elements and methods of values. */
final class Members {
    /** The type of an exception that says that there is nothing to call. */
    static final String NO_SUCH_CALL = "System.Management.Automation.RuntimeException";

    private final Session session;

    Members(Session session) {
        this.session = session;
    }

    @Nullable
    Object get(@Nullable Object target, String name) {
        if (target == null || target == Nothing.VALUE) {
            return missing(name, true);
        }
        if (name.equalsIgnoreCase("PSObject")) {
            return Intrinsic.of(target);
        }
        if (target instanceof PsHashtable table) {
            return ofTable(table, name);
        }
        if (target instanceof PsObject object) {
            if (object.has(name)) {
                return object.get(name);
            }
            return object.isCustom() ? missing(name, false) : unknown(object, name);
        }
        if (Conversions.isMany(target)) {
            return ofMany(target, name);
        }
        return ofValue(target, name);
    }

    private @Nullable Object ofTable(PsHashtable table, String name) {
        if (table.has(name)) {
            return table.get(name);
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "count" -> table.size();
            case "keys" -> new PsList("System.Collections.Hashtable+KeyCollection", table.keys());
            case "values" -> {
                List<@Nullable Object> values = new ArrayList<>();
                table.entries().forEach(e -> values.add(e.value()));
                yield new PsList("System.Collections.Hashtable+ValueCollection", values);
            }
            default -> missing(name, true);
        };
    }

    private @Nullable Object unknown(PsObject object, String name) {
        if (isCount(name) && session.scope().strict() < 2) {
            return 1;
        }
        throw new UnsupportedPowerShell("property " + name + " of " + object.typeName());
    }

    /** Of a collection: its own, else that of each of its elements which has one. */
    private @Nullable Object ofMany(Object target, String name) {
        List<@Nullable Object> items = Conversions.items(target);
        if (isCount(name)) {
            return items.size();
        }
        List<@Nullable Object> out = new ArrayList<>();
        boolean any = false;
        for (@Nullable Object item : items) {
            if (item != null && has(item, name)) {
                any = true;
                out.addAll(Conversions.items(get(item, name)));
            }
        }
        return any ? Conversions.plain(Conversions.collapse(out)) : missing(name, true);
    }

    /** Whether a value has a property; what the model does not know of an object of .NET is no answer. */
    private boolean has(Object item, String name) {
        if (item instanceof PsHashtable table) {
            return table.has(name) || name.equalsIgnoreCase("Keys") || name.equalsIgnoreCase("Count");
        }
        if (item instanceof PsObject object) {
            return object.has(name) || name.equalsIgnoreCase("PSObject") || !object.isCustom();
        }
        return !(item instanceof String || item instanceof Number || item instanceof Boolean)
                || (item instanceof String && name.equalsIgnoreCase("Length"));
    }

    private @Nullable Object ofValue(Object target, String name) {
        if (target instanceof String s && name.equalsIgnoreCase("Length")) {
            return s.length();
        }
        if (target instanceof PsDateTime d) {
            return TimeTypes.member(d, name);
        }
        if (target instanceof Duration d) {
            return TimeTypes.member(d, name);
        }
        if (target instanceof ErrorRecord || target instanceof NetException || target instanceof NetType) {
            return Intrinsic.ofError(target, name);
        }
        if (target instanceof PsVersion v) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "major" -> v.part(0);
                case "minor" -> v.part(1);
                case "build" -> v.part(2);
                case "revision" -> v.part(3);
                default -> missing(name, false);
            };
        }
        if (target instanceof PsEnum e && name.equalsIgnoreCase("value__")) {
            return e.number();
        }
        if (target instanceof ScriptBlock) {
            throw new UnsupportedPowerShell("property " + name + " of a script block");
        }
        return missing(name, false);
    }

    private static boolean isCount(String name) {
        return name.equalsIgnoreCase("Count") || name.equalsIgnoreCase("Length");
    }

    /** Every value has a count of one, and null of none; not in strict mode. */
    private @Nullable Object missing(String name, boolean countsNothing) {
        if (session.scope().strict() >= 2) {
            throw new NetFailure(
                    new NetException(
                            "System.Management.Automation.PropertyNotFoundException",
                            "The property '" + name
                                    + "' cannot be found on this object. Verify that the property exists."),
                    "NotSpecified",
                    "PropertyNotFoundStrict");
        }
        return isCount(name) ? (Object) (countsNothing ? 0 : 1) : null;
    }

    void set(@Nullable Object target, String name, @Nullable Object value) {
        if (target instanceof PsHashtable table) {
            table.put(name, value);
            return;
        }
        if (target instanceof PsObject object) {
            Consumer<? super @Nullable Object> setter = object.setter(name);
            if (setter != null) {
                setter.accept(value);
                return;
            }
            if (object.isCustom() && object.has(name)) {
                object.with(name, value);
                return;
            }
            if (!object.isCustom()) {
                throw new UnsupportedPowerShell("an assignment to " + name + " of " + object.typeName());
            }
        }
        throw new NetFailure(
                new NetException(
                        NO_SUCH_CALL,
                        "The property '" + name
                                + "' cannot be found on this object. Verify that the property exists and can be set."),
                "InvalidOperation",
                "PropertyNotFound");
    }

    @Nullable
    Object index(@Nullable Object target, @Nullable Object index) {
        if (Conversions.isNull(target)) {
            throw new NetFailure(
                    new NetException(NO_SUCH_CALL, "Cannot index into a null array."), "InvalidOperation", "NullArray");
        }
        if (target instanceof PsHashtable table) {
            if (index == null) {
                throw new NetFailure(
                        new NetException(NO_SUCH_CALL, "Index operation failed; the array index evaluated to null."),
                        "InvalidOperation",
                        "NullArrayIndex");
            }
            return table.get(index);
        }
        if (target instanceof PsList list && index instanceof String name) {
            return Intrinsic.named(list, name);
        }
        if (Conversions.isMany(index)) {
            List<@Nullable Object> out = new ArrayList<>();
            for (@Nullable Object one : Conversions.items(index)) {
                Object item = element(target, Numbers.integer(one));
                if (item != Nothing.VALUE) {
                    out.add(item);
                }
            }
            return PsArray.of(out);
        }
        return Conversions.plain(element(target, Numbers.integer(index)));
    }

    private @Nullable Object element(@Nullable Object target, int index) {
        if (target instanceof String s) {
            int at = index < 0 ? s.length() + index : index;
            return at < 0 || at >= s.length() ? beyond() : (Object) s.charAt(at);
        }
        if (!Conversions.isMany(target)) {
            throw new UnsupportedPowerShell("an index into " + TypeNames.of(target));
        }
        List<@Nullable Object> items = Conversions.items(target);
        int at = index < 0 ? items.size() + index : index;
        return at < 0 || at >= items.size() ? beyond() : items.get(at);
    }

    private Object beyond() {
        if (session.scope().strict() >= 3) {
            throw new NetFailure("System.IndexOutOfRangeException", "Index was outside the bounds of the array.");
        }
        return Nothing.VALUE;
    }

    void setIndex(@Nullable Object target, @Nullable Object index, @Nullable Object value) {
        if (target instanceof PsHashtable table && index != null) {
            table.put(index, value);
            return;
        }
        if (!(target instanceof PsArray) && !(target instanceof byte[])) {
            throw new UnsupportedPowerShell("an assignment to an element of " + TypeNames.of(target));
        }
        int size = Conversions.items(target).size();
        int given = Numbers.integer(index);
        int at = given < 0 ? size + given : given;
        if (at < 0 || at >= size) {
            throw new NetFailure("System.IndexOutOfRangeException", "Index was outside the bounds of the array.");
        }
        if (target instanceof PsArray array) {
            array.set(at, value);
        } else if (target instanceof byte[] bytes) {
            bytes[at] = (byte) Numbers.integer(value);
        }
    }

    @Nullable
    Object call(@Nullable Object target, String name, NetArguments arguments) {
        if (target == null || target == Nothing.VALUE) {
            throw new NetFailure(
                    new NetException(NO_SUCH_CALL, "You cannot call a method on a null-valued expression."),
                    "InvalidOperation",
                    "InvokeMethodOnNull");
        }
        return Calls.call(session, target, name, arguments);
    }
}
