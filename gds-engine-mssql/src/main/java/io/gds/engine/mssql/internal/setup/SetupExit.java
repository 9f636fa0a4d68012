package io.gds.engine.mssql.internal.setup;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How setup ended, by its exit code.
 *
 * <p>Codes are those of the reference: facility and error in one 32-bit number, or one of Windows Installer. Whatever a code says,
 * what counts is the build that the instance runs afterwards; this says what to do next.
 *
 * @param code the exit code
 * @param kind what it means for the work on the server
 * @param meaning for people
 * @param remedy what to do, as an imperative; empty when there is nothing to do
 */
public record SetupExit(int code, Kind kind, String meaning, String remedy) {
    /** What a code means for the work on the server. */
    public enum Kind {
        /** Done. */
        DONE,
        /** Done, and the host has to be restarted before all of it is in effect. */
        DONE_RESTART_NEEDED,
        /** Done, and the installer has begun to restart the host itself. */
        DONE_RESTARTING,
        /** Nothing was done: the host must be restarted first. */
        RESTART_FIRST,
        /** Nothing was done: another installation was going on; it may be tried again. */
        BUSY,
        /** Nothing was done: there is nothing of the package to apply. Whether that is well, the build tells. */
        NOT_APPLICABLE,
        /** The programs are replaced, but the database engine did not come up with them. */
        REPLACED_NOT_RUNNING,
        /** It failed; what was done is told by the build and by the summary. */
        FAILED
    }

    private record Known(int code, Kind kind, String meaning, String remedy) {}

    private static final String READ_SUMMARY = "read Summary.txt and Detail.txt of this run.";
    private static final String REPAIR_CACHE =
            "repair the instance from its media, or put the missing packages back into C:\\Windows\\Installer.";
    private static final int LOW_16_BITS = 0xFFFF;
    private static final int RESTART_REQUIRED = 0x0BC2;

    /** Whole codes; those that are families by their low 16 bits are treated before. */
    private static final List<Known> KNOWN = List.of(
            new Known(0, Kind.DONE, "done", ""),
            new Known(3010, Kind.DONE_RESTART_NEEDED, "done, a restart of the host is required", "restart the host."),
            new Known(1641, Kind.DONE_RESTARTING, "done, the installer restarts the host itself", ""),
            new Known(
                    0x851A001A,
                    Kind.REPLACED_NOT_RUNNING,
                    "waiting for the database engine to recover failed: the programs are replaced, and a script that upgrades"
                            + " the system databases has usually failed",
                    "look in ERRORLOG for the errors 912 and 3417; start with the trace flag -T902 to skip the scripts,"
                            + " mend what they failed over, and start without it."),
            new Known(
                    0x851A0019,
                    Kind.REPLACED_NOT_RUNNING,
                    "the database engine could not be started or configured",
                    "look in ERRORLOG why the service does not start."),
            new Known(
                    0x851A0018,
                    Kind.REPLACED_NOT_RUNNING,
                    "the database engine could not be started or configured",
                    "look in ERRORLOG why the service does not start."),
            new Known(
                    0x851A0006,
                    Kind.FAILED,
                    "an account that is named in the command does not exist",
                    "correct the account."),
            new Known(
                    0x84B40000,
                    Kind.FAILED,
                    "setup does not know one of its parameters, or rejects what was given",
                    "correct parameters in the mapping."),
            new Known(
                    0x84B30002,
                    Kind.FAILED,
                    "nothing was installed: the feature is there already, or something it needs is not",
                    READ_SUMMARY),
            new Known(
                    0x84B20001,
                    Kind.FAILED,
                    "the registration of the installer is broken, or a package is missing",
                    REPAIR_CACHE),
            new Known(
                    0x84B20003,
                    Kind.FAILED,
                    "the registration of the installer is broken, or a package is missing",
                    REPAIR_CACHE),
            new Known(
                    0x86430003,
                    Kind.NOT_APPLICABLE,
                    "the update does not apply: the feature is not there, or at a higher level already",
                    "check that the package is of the instance's version and line of updates."),
            new Known(
                    0x876E0003,
                    Kind.FAILED,
                    "the search for updates could not reach Microsoft Update",
                    "add /UpdateEnabled=0 to parameters in the mapping."),
            new Known(0x84C4000B, Kind.BUSY, "another setup is running", "wait until it has ended."),
            new Known(
                    0x84BE03F6,
                    Kind.FAILED,
                    "the .NET Framework or something else that setup needs is missing",
                    "install it; the summary names it."),
            new Known(
                    0x84B10001,
                    Kind.FAILED,
                    "setup could not read a configuration, or .NET on this host is broken",
                    READ_SUMMARY),
            new Known(
                    0x84BE0007,
                    Kind.FAILED,
                    "a rule of setup was not met",
                    "read the rules with failures in Summary.txt."),
            new Known(1603, Kind.FAILED, "Windows Installer: a fatal error", READ_SUMMARY),
            new Known(1605, Kind.FAILED, "Windows Installer: the product is not installed", REPAIR_CACHE),
            new Known(
                    1618, Kind.BUSY, "Windows Installer: another installation is running", "wait until it has ended."),
            new Known(
                    1619,
                    Kind.FAILED,
                    "Windows Installer: a package cannot be opened",
                    "check that the package is whole and can be read."),
            new Known(
                    1622,
                    Kind.FAILED,
                    "Windows Installer: a log cannot be opened",
                    "check that the folder for temporary files can be written to."),
            new Known(1635, Kind.FAILED, "Windows Installer: the patch package cannot be opened", REPAIR_CACHE),
            new Known(
                    1636,
                    Kind.FAILED,
                    "Windows Installer: the patch package is not valid",
                    "get the package again and compare its SHA-256."),
            new Known(
                    1638,
                    Kind.NOT_APPLICABLE,
                    "Windows Installer: another version of the product is installed",
                    "check which version is installed."),
            new Known(
                    1642,
                    Kind.NOT_APPLICABLE,
                    "Windows Installer: the patch is not for this product",
                    "check that the package is of the instance's version."),
            new Known(
                    1648,
                    Kind.NOT_APPLICABLE,
                    "Windows Installer: no valid sequence of patches",
                    "check which updates are installed."),
            new Known(
                    0x5A3A4F26,
                    Kind.FAILED,
                    "an exception inside of setup; the number is made of its name and says nothing else",
                    READ_SUMMARY));

    /** Decodes a code: the families that the low 16 bits name first, then the whole number. */
    public static SetupExit of(int code) {
        Optional<Known> whole = KNOWN.stream().filter(k -> k.code() == code).findFirst();
        if (whole.isEmpty() && (code & LOW_16_BITS) == RESTART_REQUIRED && code < 0) {
            return new SetupExit(
                    code,
                    Kind.RESTART_FIRST,
                    "the host must be restarted before setup can run",
                    "restart the host, then run again.");
        }
        return whole.map(k -> new SetupExit(k.code(), k.kind(), k.meaning(), k.remedy()))
                .orElseGet(() -> new SetupExit(code, Kind.FAILED, "a code that is not known", READ_SUMMARY));
    }

    /** Codes with a meaning of their own. */
    static Stream<SetupExit> known() {
        return KNOWN.stream().map(k -> of(k.code()));
    }

    /** Whether the package was applied. */
    public boolean isSuccess() {
        return kind == Kind.DONE || kind == Kind.DONE_RESTART_NEEDED || kind == Kind.DONE_RESTARTING;
    }

    /** Whether the host has to be restarted for all of it to be in effect. */
    public boolean needsRestart() {
        return kind == Kind.DONE_RESTART_NEEDED || kind == Kind.DONE_RESTARTING || kind == Kind.RESTART_FIRST;
    }

    /** The code as people look for it: decimal and hexadecimal. */
    public String shown() {
        return code + " (0x" + Integer.toHexString(code).toUpperCase(Locale.ROOT) + ")";
    }

    @Override
    public String toString() {
        return shown() + ": " + meaning;
    }
}
