package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What every value has by PowerShell itself, and what errors and types tell of themselves. */
final class Intrinsic {
    private Intrinsic() {}

    /** {@code .PSObject}: the properties as objects. */
    static PsObject of(@Nullable Object target) {
        List<PsObject> properties = new ArrayList<>();
        if (target instanceof PsObject object) {
            if (!object.isCustom()) {
                throw new UnsupportedPowerShell("all properties of a " + object.typeName());
            }
            object.properties()
                    .forEach(p -> properties.add(property(p.name(), p.value().get())));
        } else if (target instanceof PsHashtable || target instanceof PsArray || target instanceof String) {
            throw new UnsupportedPowerShell("PSObject of a " + TypeNames.of(target));
        }
        return PsObject.net("System.Management.Automation.PSObject")
                .with("Properties", new PsList("System.Management.Automation.PSMemberInfoCollection", properties));
    }

    private static PsObject property(String name, @Nullable Object value) {
        return PsObject.net("System.Management.Automation.PSNoteProperty")
                .with("Name", name)
                .with("Value", value);
    }

    /** A property by its name; null when there is none. */
    static @Nullable Object named(PsList list, String name) {
        for (@Nullable Object item : list.items()) {
            if (item instanceof PsObject property && name.equalsIgnoreCase(Conversions.text(property.get("Name")))) {
                return property;
            }
        }
        return null;
    }

    static @Nullable Object ofError(Object target, String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        if (target instanceof NetException e) {
            switch (folded) {
                case "message":
                    return e.message();
                case "innerexception":
                    return e.inner();
                default:
                    throw new UnsupportedPowerShell("property " + name + " of " + e.type());
            }
        }
        if (target instanceof NetType type) {
            return switch (folded) {
                case "fullname" -> type.name();
                case "name" -> type.name().substring(type.name().lastIndexOf('.') + 1);
                default -> throw new UnsupportedPowerShell("property " + name + " of a type");
            };
        }
        ErrorRecord e = (ErrorRecord) target;
        return switch (folded) {
            case "exception" -> e.exception();
            case "fullyqualifiederrorid" -> e.errorId();
            case "targetobject" -> e.target();
            case "categoryinfo" ->
                PsObject.net("System.Management.Automation.ErrorCategoryInfo")
                        .with("Category", e.category())
                        .with(
                                "Reason",
                                e.exception()
                                        .type()
                                        .substring(e.exception().type().lastIndexOf('.') + 1));
            case "invocationinfo" ->
                PsObject.net("System.Management.Automation.InvocationInfo")
                        .with("ScriptLineNumber", e.at().line())
                        .with("OffsetInLine", e.at().column())
                        .with(
                                "ScriptName",
                                e.source().path() == null ? "" : e.source().path())
                        .with("Line", e.source().line(e.at().line()))
                        .with("PositionMessage", String.join("\r\n", ErrorText.place(e)));
            default -> throw new UnsupportedPowerShell("property " + name + " of an ErrorRecord");
        };
    }
}
