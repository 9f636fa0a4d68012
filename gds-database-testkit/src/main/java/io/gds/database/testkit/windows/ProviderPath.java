package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.UnsupportedPowerShell;

/**
 * A path that commands take: of a file, or of a key in the registry.
 *
 * @param registry whether it is one of the registry
 * @param path as the file system, or the registry, knows it
 * @param given as it was written
 */
record ProviderPath(boolean registry, String path, String given) {
    private static final String REGISTRY = "Microsoft.PowerShell.Core\\Registry::";
    private static final String FILES = "Microsoft.PowerShell.Core\\FileSystem::";

    /**
     * Reads one.
     *
     * @throws io.gds.database.testkit.powershell.NetFailure when there is no such drive
     */
    static ProviderPath of(String given, ScriptHost scripts) {
        String plain = given;
        boolean key = false;
        for (String prefix : new String[] {REGISTRY, "Registry::"}) {
            if (given.regionMatches(true, 0, prefix, 0, prefix.length())) {
                plain = given.substring(prefix.length());
                key = true;
            }
        }
        if (given.regionMatches(true, 0, FILES, 0, FILES.length())) {
            plain = given.substring(FILES.length());
        }
        if (plain.regionMatches(true, 0, "HKLM:", 0, 5)) {
            key = true;
        }
        if (key) {
            if (!plain.matches("(?i)(HKLM:|HKEY_LOCAL_MACHINE)(\\\\.*)?")) {
                throw new UnsupportedPowerShell("the registry path " + given);
            }
            return new ProviderPath(true, Registry.whole(plain.replaceAll("\\\\+", "\\\\")), given);
        }
        int colon = plain.indexOf(':');
        if (plain.startsWith("~")) {
            throw new UnsupportedPowerShell("the path " + given);
        }
        if (Paths.isUnc(plain)) {
            return new ProviderPath(false, plain, given);
        }
        if (colon > 1 || (colon == 1 && scripts.windows().files().driveOf(plain) == null)) {
            throw NetErrors.noDrive(plain.substring(0, colon));
        }
        return new ProviderPath(false, Paths.absolute(plain, scripts.directory()), given);
    }

    /** The same, from a parameter that takes wildcards: none may be in it. */
    static ProviderPath withoutWildcards(String given, ScriptHost scripts) {
        if (given.matches(".*[*?\\[].*")) {
            throw new UnsupportedPowerShell("a path with wildcards: " + given);
        }
        return of(given, scripts);
    }

    /** What PSPath says. */
    String psPath() {
        return (registry ? REGISTRY : FILES) + path;
    }
}
