package io.gds.database.testkit.powershell;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The full names of the types of values. */
final class TypeNames {
    private TypeNames() {}

    static String of(@Nullable Object value) {
        if (value == null || value == Nothing.VALUE) {
            return "null";
        }
        if (value instanceof PsObject o) {
            return o.typeName();
        }
        if (value instanceof PsEnum e) {
            return e.type();
        }
        if (value instanceof PsArray a) {
            return a.elementType() + "[]";
        }
        if (value instanceof PsHashtable h) {
            return h.toString();
        }
        if (value instanceof NetException e) {
            return e.type();
        }
        if (value instanceof PsList l) {
            return l.type();
        }
        return ofSimple(value);
    }

    private static String ofSimple(Object value) {
        if (value instanceof String) {
            return "System.String";
        }
        if (value instanceof Integer) {
            return "System.Int32";
        }
        if (value instanceof Long) {
            return "System.Int64";
        }
        if (value instanceof Double) {
            return "System.Double";
        }
        if (value instanceof BigDecimal) {
            return "System.Decimal";
        }
        if (value instanceof Boolean) {
            return "System.Boolean";
        }
        if (value instanceof Character) {
            return "System.Char";
        }
        if (value instanceof byte[]) {
            return "System.Byte[]";
        }
        if (value instanceof PsDateTime) {
            return "System.DateTime";
        }
        if (value instanceof Duration) {
            return "System.TimeSpan";
        }
        if (value instanceof PsVersion) {
            return "System.Version";
        }
        if (value instanceof ScriptBlock) {
            return "System.Management.Automation.ScriptBlock";
        }
        if (value instanceof ErrorRecord) {
            return "System.Management.Automation.ErrorRecord";
        }
        if (value instanceof NetType) {
            return "System.RuntimeType";
        }
        throw new IllegalStateException("a value of " + value.getClass());
    }
}
