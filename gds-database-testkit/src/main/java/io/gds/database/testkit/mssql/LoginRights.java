package io.gds.database.testkit.mssql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the login of a session may do on its server: what it was granted, and what that implies.
 *
 * <p>Source: Permissions (Database Engine), the chart of what covers what; IS_SRVROLEMEMBER and HAS_PERMS_BY_NAME (Transact-SQL).
 */
record LoginRights(String name, ServerCatalogue catalogue) {
    private static final String CONTROL_SERVER = "CL";
    /** The short names of rights; CONTROL of a group is that of a server for a login that was granted no single group. */
    private static final Map<String, Set<String>> BY_ANY_OF = Map.of(
            "VIEW SERVER STATE", Set.of("VSST"),
            "VIEW SERVER PERFORMANCE STATE", Set.of("VSPS", "VSST"),
            "VIEW ANY ERROR LOG", Set.of("VAEL"),
            "ALTER ANY AVAILABILITY GROUP", Set.of("ALAG"),
            "ALTER ANY DATABASE", Set.of("ALDB"),
            "CONTROL", Set.of());

    boolean isIn(String role) {
        return catalogue.hasRole(name, "sysadmin") || catalogue.hasRole(name, role.toLowerCase(Locale.ROOT));
    }

    boolean may(String right) {
        Set<String> any = Optional.ofNullable(BY_ANY_OF.get(right.toUpperCase(Locale.ROOT)))
                .orElseThrow(() -> new IllegalArgumentException("the model does not know the right " + right));
        return isIn("sysadmin")
                || catalogue.isGranted(name, CONTROL_SERVER)
                || any.stream().anyMatch(type -> catalogue.isGranted(name, type));
    }
}
