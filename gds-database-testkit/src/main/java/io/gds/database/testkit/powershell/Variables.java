package io.gds.database.testkit.powershell;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and sets variables, with the automatic ones, those of other scopes, and those of the environment. */
final class Variables {
    private static final Set<String> UNKNOWN = Set.of(
            "error",
            "input",
            "host",
            "myinvocation",
            "executioncontext",
            "pscmdlet",
            "stacktrace",
            "home",
            "pwd",
            "event",
            "foreach",
            "switch",
            "psboundparameters",
            "psculture",
            "profile",
            "shellid",
            "this",
            "ofs",
            "sender",
            "psitem",
            "nestedpromptlevel",
            "consolefilename",
            "psdefaultparametervalues",
            "$",
            "^",
            "iswindows");
    private static final Map<String, String> PREFERENCES = Map.of(
            "erroractionpreference", "Continue",
            "progresspreference", "Continue",
            "warningpreference", "Continue",
            "verbosepreference", "SilentlyContinue",
            "debugpreference", "SilentlyContinue",
            "informationpreference", "SilentlyContinue",
            "confirmpreference", "High");

    private final Session session;
    private boolean ok = true;
    private @Nullable Integer lastExitCode;

    Variables(Session session) {
        this.session = session;
    }

    void succeeded(boolean yes) {
        ok = yes;
    }

    void exitCode(int code) {
        lastExitCode = code;
        ok = code == 0;
    }

    @Nullable
    Object get(String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        int colon = folded.indexOf(':');
        if (colon > 0) {
            return ofDrive(folded.substring(0, colon), name.substring(colon + 1));
        }
        switch (folded) {
            case "null":
                return null;
            case "true":
                return true;
            case "false":
                return false;
            case "?":
                return ok;
            case "psscriptroot":
                return session.source().directory();
            case "pscommandpath":
                return session.source().path() == null ? "" : session.source().path();
            case "lastexitcode":
                if (lastExitCode != null) {
                    return lastExitCode;
                }
                break;
            case "psversiontable":
                return versions();
            default:
                break;
        }
        Scope.Slot slot = session.scope().find(name);
        return slot != null ? slot.value : unset(name, folded);
    }

    private @Nullable Object unset(String name, String folded) {
        if (PREFERENCES.containsKey(folded)) {
            return PREFERENCES.get(folded);
        }
        Object ofHost = session.host().variable(name);
        if (ofHost != null) {
            return ofHost;
        }
        if (UNKNOWN.contains(folded)) {
            throw new UnsupportedPowerShell("$" + name);
        }
        if (session.scope().strict() >= 1) {
            throw new NetFailure(
                    new NetException(
                            "System.Management.Automation.RuntimeException",
                            "The variable '$" + name + "' cannot be retrieved because it has not been set."),
                    "InvalidOperation",
                    "VariableIsUndefined");
        }
        return null;
    }

    private @Nullable Object ofDrive(String drive, String name) {
        return switch (drive) {
            case "env" -> session.host().environment(name);
            case "script" -> ofScope(session.scope().ofScript(), name);
            case "global" -> ofScope(session.scope().outermost(), name);
            case "local", "private" -> ofScope(session.scope(), name);
            default -> throw new UnsupportedPowerShell("$" + drive + ":" + name);
        };
    }

    private @Nullable Object ofScope(Scope scope, String name) {
        Scope.Slot slot = scope.own(name);
        return slot != null ? slot.value : unset(name, name.toLowerCase(Locale.ROOT));
    }

    void set(String name, @Nullable Object value, @Nullable String type) {
        String folded = name.toLowerCase(Locale.ROOT);
        int colon = folded.indexOf(':');
        String plain = name.substring(colon + 1);
        if (Set.of("null", "true", "false", "?", "psscriptroot", "pscommandpath", "psversiontable")
                .contains(folded)) {
            if (folded.equals("null")) {
                return;
            }
            throw new NetFailure(
                    "System.Management.Automation.SessionStateException",
                    "Cannot overwrite variable " + name + " because it is read-only or constant.");
        }
        if (folded.equals("lastexitcode")) {
            lastExitCode = Numbers.integer(value);
            return;
        }
        Scope scope =
                switch (colon < 0 ? "local" : folded.substring(0, colon)) {
                    case "local", "private" -> session.scope();
                    case "script" -> session.scope().ofScript();
                    case "global" -> session.scope().outermost();
                    case "env" -> null;
                    default -> throw new UnsupportedPowerShell("$" + name + " = ...");
                };
        if (scope == null) {
            String text = Conversions.text(value);
            session.host().environment(plain, text.isEmpty() ? null : text);
            return;
        }
        Scope.Slot slot = scope.slot(plain);
        if (type != null) {
            slot.type = type;
        }
        slot.value = slot.type == null ? value : session.casts().cast(value, slot.type);
    }

    /** A preference, as text in lower case. */
    String preference(String name) {
        return Conversions.text(get(name)).toLowerCase(Locale.ROOT);
    }

    private static PsObject versions() {
        PsVersion version = PsVersion.parse("5.1.20348.2031");
        return PsObject.net("System.Management.Automation.PSVersionHashTable")
                .with("PSVersion", version)
                .with("PSEdition", "Desktop");
    }
}
