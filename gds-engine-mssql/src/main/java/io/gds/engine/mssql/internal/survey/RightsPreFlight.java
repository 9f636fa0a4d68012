package io.gds.engine.mssql.internal.survey;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.build.Family;
import io.gds.engine.mssql.internal.sql.InstanceReader;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlName;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether logins may do what a run will ask of them, before it begins. Instances that do not answer are no matter of this. Reads only.
 *
 * <p>Source: HAS_PERMS_BY_NAME (Transact-SQL), which counts what is implied and what roles give; sp_readerrorlog, "Permissions".
 */
public final class RightsPreFlight {
    private static final String LOGIN = "SELECT SUSER_SNAME() AS login, IS_SRVROLEMEMBER('sysadmin') AS is_sysadmin,"
            + " IS_SRVROLEMEMBER('securityadmin') AS is_securityadmin";
    private static final String GROUPS = "SELECT name FROM sys.availability_groups ORDER BY name";

    private final MssqlEngine engine;

    /** What is missing, and the statement that gives it. */
    private record Missing(String right, String remedy) {}

    /** What a login is. */
    private record Who(SqlName login, boolean sysadmin, boolean securityadmin) {}

    /** With an engine's connections. */
    public RightsPreFlight(MssqlEngine engine) {
        this.engine = engine;
    }

    /** What logins lack on instances that stand by themselves, which are looked at and whose log is read. */
    public List<Finding> of(Collection<String> instances) {
        return ask(instances, false);
    }

    /** What logins lack on members of groups, whose groups and databases are changed. */
    public List<Finding> ofMembers(Collection<String> instances) {
        return ask(instances, true);
    }

    private List<Finding> ask(Collection<String> instances, boolean members) {
        return SideBySide.ask(List.copyOf(instances), i -> finding(i, members)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Finding> finding(String instance, boolean members) {
        try {
            SqlAccess access = engine.access(instance);
            boolean split = InstanceReader.facts(access).build().major() >= Family.V2022.major();
            List<Missing> missing = access.call("reading what its login may do", s -> missing(s, members, split));
            return missing.isEmpty() ? Optional.empty() : Optional.of(block(instance, missing));
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                return Optional.of(block(instance, List.of(new Missing("to ask that", e.getMessage() + ""))));
            }
            return Optional.empty();
        }
    }

    private static Finding block(String instance, List<Missing> missing) {
        return Finding.block(
                "MSSQL-RIGHTS",
                instance,
                "its login lacks " + missing.stream().map(Missing::right).collect(Collectors.joining(", ")),
                "a login that may do what the run asks of it",
                missing.stream().map(Missing::remedy).collect(Collectors.joining("; ")));
    }

    private static List<Missing> missing(Statement s, boolean members, boolean split) throws SQLException {
        Who who = SqlQuery.first(
                        s,
                        LOGIN,
                        row -> new Who(
                                new SqlName(row.text("login")),
                                row.number("is_sysadmin").orElse(0) == 1,
                                row.number("is_securityadmin").orElse(0) == 1))
                .orElseThrow();
        List<Missing> out = new ArrayList<>();
        if (who.sysadmin()) {
            return out;
        }
        demand(s, who, "VIEW SERVER STATE", out);
        if (split) {
            demand(s, who, "VIEW SERVER PERFORMANCE STATE", out);
        }
        if (members) {
            if (!mayChangeGroups(s)) {
                out.add(granted(who, "ALTER ANY AVAILABILITY GROUP"));
            }
            demand(s, who, "ALTER ANY DATABASE", out);
        } else if (split && !who.securityadmin()) {
            demand(s, who, "VIEW ANY ERROR LOG", out);
        } else if (!who.securityadmin()) {
            out.add(new Missing(
                    "the role securityadmin, which may read the log",
                    "ALTER SERVER ROLE securityadmin ADD MEMBER " + who.login().quoted()));
        }
        return out;
    }

    private static void demand(Statement s, Who who, String right, List<Missing> out) throws SQLException {
        if (!has(s, "HAS_PERMS_BY_NAME(NULL, NULL, '" + right + "')")) {
            out.add(granted(who, right));
        }
    }

    private static Missing granted(Who who, String right) {
        return new Missing(right, "GRANT " + right + " TO " + who.login().quoted());
    }

    /** All groups of the server by one right, or each of those that there are by its own. */
    private static boolean mayChangeGroups(Statement s) throws SQLException {
        if (has(s, "HAS_PERMS_BY_NAME(NULL, NULL, 'ALTER ANY AVAILABILITY GROUP')")) {
            return true;
        }
        List<SqlName> groups = SqlQuery.rows(s, GROUPS, row -> new SqlName(row.text("name")));
        for (SqlName group : groups) {
            String name = SqlName.literal(group.quoted());
            if (!has(s, "HAS_PERMS_BY_NAME(" + name + ", 'AVAILABILITY GROUP', 'CONTROL')")) {
                return false;
            }
        }
        return !groups.isEmpty();
    }

    private static boolean has(Statement s, String question) throws SQLException {
        return SqlQuery.first(
                        s,
                        "SELECT " + question + " AS has",
                        row -> row.number("has").orElse(0) == 1)
                .orElse(false);
    }
}
