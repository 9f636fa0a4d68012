package io.gds.database.testkit.powershell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Calls methods of values. */
final class Calls {
    private Calls() {}

    static @Nullable Object call(Session session, Object target, String name, NetArguments a) {
        String folded = name.toLowerCase(Locale.ROOT);
        if (folded.equals("gettype") && a.count() == 0) {
            NetType known = session.types().find(TypeNames.of(target));
            return known == null ? NetType.named(TypeNames.of(target)) : known;
        }
        if (target instanceof PsObject object) {
            return ofObject(object, name, a);
        }
        if (target instanceof String s) {
            return StringMethods.call(s, folded, a);
        }
        if (target instanceof PsDateTime d) {
            return TimeTypes.call(d, name, a);
        }
        if (target instanceof PsHashtable table) {
            return ofTable(table, folded, a);
        }
        if (target instanceof PsArray || target instanceof PsList) {
            return ofMany(session, target, name, a);
        }
        if (folded.equals("tostring") && !(target instanceof ScriptBlock)) {
            return a.count() == 0
                    ? Conversions.text(target)
                    : Format.one(target, a.exactly(1).text(0));
        }
        if (folded.equals("compareto") && (target instanceof PsVersion || target instanceof Duration)) {
            return session.comparison().order(target, a.exactly(1).get(0));
        }
        if (target instanceof Duration d && folded.equals("add")) {
            return d.plus(a.exactly(1).duration(0));
        }
        throw new UnsupportedPowerShell("method " + name + " of " + TypeNames.of(target));
    }

    private static @Nullable Object ofObject(PsObject object, String name, NetArguments a) {
        NetMethod method = object.method(name);
        if (method != null) {
            return method.call(a);
        }
        if (name.equalsIgnoreCase("ToString") && a.count() == 0) {
            return object.toString();
        }
        if (!object.isCustom()) {
            throw new UnsupportedPowerShell("method " + name + " of " + object.typeName());
        }
        throw noSuchMethod(object, name);
    }

    private static NetFailure noSuchMethod(Object target, String name) {
        return new NetFailure(
                new NetException(
                        Members.NO_SUCH_CALL,
                        "Method invocation failed because [" + TypeNames.of(target)
                                + "] does not contain a method named '" + name + "'."),
                "InvalidOperation",
                "MethodNotFound");
    }

    private static @Nullable Object ofTable(PsHashtable table, String name, NetArguments a) {
        return switch (name) {
            case "containskey", "contains" -> table.has(key(a));
            case "add" -> {
                if (table.has(key(a))) {
                    throw new NetFailure(
                            "System.ArgumentException",
                            "Item has already been added. Key in dictionary: '" + a.text(0) + "'  Key being added: '"
                                    + a.text(0) + "'");
                }
                table.put(key(a), a.exactly(2).get(1));
                yield Nothing.VALUE;
            }
            case "remove" -> {
                table.remove(key(a));
                yield Nothing.VALUE;
            }
            case "clear" -> {
                table.clear();
                yield Nothing.VALUE;
            }
            case "getenumerator" -> {
                List<Object> entries = new ArrayList<>();
                for (PsHashtable.Entry e : table.entries()) {
                    entries.add(PsObject.net("System.Collections.DictionaryEntry")
                            .with("Name", e.key())
                            .with("Key", e.key())
                            .with("Value", e.value()));
                }
                yield PsArray.of(entries);
            }
            default -> throw new UnsupportedPowerShell("method " + name + " of a hashtable");
        };
    }

    private static Object key(NetArguments a) {
        Object key = a.get(0);
        if (key == null) {
            throw new NetFailure("System.ArgumentNullException", "Key cannot be null.");
        }
        return key;
    }

    /** Its own methods, else the method of each element. */
    private static @Nullable Object ofMany(Session session, Object target, String name, NetArguments a) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "contains":
                return Conversions.items(target).contains(a.exactly(1).get(0));
            case "clone",
                    "add",
                    "remove",
                    "sort",
                    "getvalue",
                    "copyto",
                    "getenumerator",
                    "getlength",
                    "where",
                    "foreach":
                throw new UnsupportedPowerShell("method " + name + " of an array");
            default:
                break;
        }
        List<@Nullable Object> out = new ArrayList<>();
        for (@Nullable Object item : Conversions.items(target)) {
            if (item == null) {
                throw noSuchMethod(target, name);
            }
            out.addAll(Conversions.items(call(session, item, name, a)));
        }
        return Conversions.collapse(out);
    }
}
