package io.gds.database.testkit.powershell;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The exceptions of .NET that the model throws or that scripts catch, and what each of them is a kind of. */
final class ExceptionTypes {
    private static final String AUTOMATION = "System.Management.Automation.";
    private static final Map<String, String> PARENTS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        PARENTS.put("System.Exception", "");
        under(
                "System.Exception",
                "System.SystemException",
                "Microsoft.Management.Infrastructure.CimException",
                "Microsoft.PowerShell.Commands.ServiceCommandException",
                "Microsoft.PowerShell.Commands.WriteErrorException");
        under(
                "System.SystemException",
                "System.ArgumentException",
                "System.IO.IOException",
                "System.FormatException",
                "System.InvalidOperationException",
                "System.NotSupportedException",
                "System.ArithmeticException",
                "System.UnauthorizedAccessException",
                "System.InvalidCastException",
                "System.NullReferenceException",
                "System.TimeoutException",
                "System.Security.SecurityException",
                "System.IndexOutOfRangeException",
                AUTOMATION + "RuntimeException",
                "System.Security.Principal.IdentityNotMappedException");
        under("System.ArgumentException", "System.ArgumentNullException", "System.ArgumentOutOfRangeException");
        under("System.ArithmeticException", "System.DivideByZeroException", "System.OverflowException");
        under("System.InvalidCastException", AUTOMATION + "PSInvalidCastException");
        under(
                "System.IO.IOException",
                "System.IO.FileNotFoundException",
                "System.IO.DirectoryNotFoundException",
                "System.IO.PathTooLongException",
                "System.IO.DriveNotFoundException",
                "System.IO.EndOfStreamException");
        under(
                "System.InvalidOperationException",
                "System.ObjectDisposedException",
                "System.ComponentModel.Win32Exception",
                AUTOMATION + "PSInvalidOperationException");
        under(
                AUTOMATION + "RuntimeException",
                AUTOMATION + "CommandNotFoundException",
                AUTOMATION + "ParameterBindingException",
                AUTOMATION + "MethodInvocationException",
                AUTOMATION + "PropertyNotFoundException",
                AUTOMATION + "SessionStateException",
                AUTOMATION + "PSSecurityException",
                AUTOMATION + "ParseException",
                AUTOMATION + "WildcardPatternException",
                AUTOMATION + "ActionPreferenceStopException",
                AUTOMATION + "ScriptCallDepthException",
                AUTOMATION + "PSNotSupportedException",
                AUTOMATION + "ApplicationFailedException");
        under(
                AUTOMATION + "SessionStateException",
                AUTOMATION + "ItemNotFoundException",
                AUTOMATION + "DriveNotFoundException");
        under(
                AUTOMATION + "ParameterBindingException",
                AUTOMATION + "ParameterBindingValidationException",
                AUTOMATION + "ParameterBindingArgumentTransformationException");
    }

    private ExceptionTypes() {}

    private static void under(String parent, String... types) {
        for (String type : types) {
            PARENTS.put(type, parent);
        }
    }

    static Set<String> names() {
        return Set.copyOf(PARENTS.keySet());
    }

    /** The full name of an exception that a script names; null when it is not known. */
    static @Nullable String find(String name) {
        String trimmed = name.trim();
        for (String candidate : new String[] {trimmed, "System." + trimmed}) {
            if (PARENTS.containsKey(candidate)) {
                return PARENTS.keySet().stream()
                        .filter(k -> k.toLowerCase(Locale.ROOT).equals(candidate.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow();
            }
        }
        return null;
    }

    /** Whether an exception is one of this type. */
    static boolean isA(NetException exception, String type) {
        String t = exception.type();
        if (!PARENTS.containsKey(t)) {
            throw new UnsupportedPowerShell("exception " + t);
        }
        while (t != null && !t.isEmpty()) {
            if (t.equalsIgnoreCase(type)) {
                return true;
            }
            t = PARENTS.get(t);
        }
        return false;
    }
}
