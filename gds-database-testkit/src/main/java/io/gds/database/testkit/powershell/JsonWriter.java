package io.gds.database.testkit.powershell;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** JSON as Windows PowerShell 5.1 writes it: deeper than its depth everything is a string. */
final class JsonWriter {
    private final int depth;
    private final StringBuilder out = new StringBuilder();

    JsonWriter(int depth) {
        this.depth = depth;
    }

    String write(@Nullable Object value) {
        value(Conversions.plain(value), 0);
        return out.toString();
    }

    private void value(@Nullable Object value, int level) {
        if (value == null) {
            out.append("null");
        } else if (value instanceof Boolean b) {
            out.append(b);
        } else if (value instanceof Integer || value instanceof Long) {
            out.append(value);
        } else if (value instanceof Double || value instanceof BigDecimal) {
            out.append(Conversions.text(value));
        } else if (value instanceof String || value instanceof Character) {
            string(value.toString());
        } else if (value instanceof PsEnum e) {
            out.append(e.number());
        } else if (value instanceof PsDateTime d) {
            out.append("\"\\/Date(").append(d.instant().toEpochMilli()).append(")\\/\"");
        } else if (level > depth) {
            string(Conversions.text(value));
        } else {
            compound(value, level);
        }
    }

    private void compound(Object value, int level) {
        if (Conversions.isMany(value)) {
            List<@Nullable Object> items = Conversions.items(value);
            out.append('[');
            for (int i = 0; i < items.size(); i++) {
                out.append(i == 0 ? "" : ",");
                value(items.get(i), level + 1);
            }
            out.append(']');
            return;
        }
        String separator = "";
        out.append('{');
        if (value instanceof PsHashtable table) {
            for (PsHashtable.Entry e : table.entries()) {
                out.append(separator);
                string(Conversions.text(e.key()));
                out.append(':');
                value(Conversions.plain(e.value()), level + 1);
                separator = ",";
            }
        } else if (value instanceof PsObject object && object.isCustom()) {
            for (PsObject.Property p : object.properties()) {
                out.append(separator);
                string(p.name());
                out.append(':');
                value(Conversions.plain(p.value().get()), level + 1);
                separator = ",";
            }
        } else {
            throw new UnsupportedPowerShell("ConvertTo-Json of a " + TypeNames.of(value));
        }
        out.append('}');
    }

    /** Signs that mean something in HTML are escaped too. */
    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ' || "'<>&\u0085\u2028\u2029".indexOf(c) >= 0) {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
