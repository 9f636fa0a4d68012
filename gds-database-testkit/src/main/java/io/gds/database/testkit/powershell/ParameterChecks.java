package io.gds.database.testkit.powershell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a parameter refuses: nothing where something is needed, a value that is none of those allowed. */
final class ParameterChecks {
    private static final String INVALID = "System.Management.Automation.ParameterBindingValidationException";

    private ParameterChecks() {}

    static void beforeConversion(Parameter p, @Nullable Object value) {
        if (!p.mandatory() && !p.notEmpty()) {
            return;
        }
        List<@Nullable Object> items = Conversions.items(value);
        boolean noItems = Conversions.isMany(value) && items.isEmpty();
        boolean empty = value == null || value.equals("") || noItems;
        boolean hole = Conversions.isMany(value) && items.stream().anyMatch(i -> i == null || i.equals(""));
        if (!empty && !(hole && (p.notEmpty() || p.type().equalsIgnoreCase("string[]")))) {
            return;
        }
        if (p.mandatory()) {
            String what = value == null
                    ? "because it is null."
                    : noItems ? "because it is an empty array." : "because it is an empty string.";
            throw invalid(
                    "Cannot bind argument to parameter '" + p.name() + "' " + what,
                    "ParameterArgumentValidationErrorNullOrEmptyNotAllowed");
        }
        if (p.type().endsWith("[]")) {
            throw invalid(
                    "Cannot validate argument on parameter '" + p.name()
                            + "'. The argument is null, empty, or an element of the argument collection contains a null "
                            + "value. Supply a collection that does not contain any null values and then try the "
                            + "command again.",
                    "ParameterArgumentValidationError");
        }
        throw invalid(
                "Cannot validate argument on parameter '" + p.name()
                        + "'. The argument is null or empty. Provide an argument that is not null or empty, and then "
                        + "try the command again.",
                "ParameterArgumentValidationError");
    }

    static void afterConversion(Parameter p, @Nullable Object value) {
        if (p.allowed().isEmpty()) {
            return;
        }
        for (@Nullable Object item : Conversions.items(value)) {
            if (p.allowed().stream().noneMatch(a -> a.equalsIgnoreCase(Conversions.text(item)))) {
                throw invalid(
                        "Cannot validate argument on parameter '" + p.name() + "'. The argument \""
                                + Conversions.text(item) + "\" does not belong to the set \""
                                + String.join(",", p.allowed())
                                + "\" specified by the ValidateSet attribute. Supply an argument that is in the set and "
                                + "then try the command again.",
                        "ParameterArgumentValidationError");
            }
        }
    }

    private static NetFailure invalid(String message, String id) {
        return new NetFailure(new NetException(INVALID, message), "InvalidData", id);
    }
}
