package io.gds.engine.mssql.internal.config;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The targets that a history stands for: what runs were about, without the servers that somebody has taken out of it. */
public final class ActiveServers {
    private static final String TARGETS = "targets";
    private static final String SERVER = "server";

    private ActiveServers() {}

    /**
     * Finds each active server's instances in the newest cluster that has them.
     *
     * @param servers the history's servers, each with {@code name} and {@code isActive}
     * @param clusters clusters of earlier runs, the newest first
     * @throws GdsDatabaseException with code {@code MSSQL-NO-TARGET} when there are none
     */
    public static TargetsFile of(List<Params> servers, Stream<ClusterRef> clusters) {
        Set<String> wanted = new HashSet<>();
        servers.stream().filter(s -> s.flag("isActive")).forEach(s -> wanted.add(folded(s.string("name"))));
        Map<String, List<Params>> found = new TreeMap<>();
        Iterator<ClusterRef> all =
                clusters.filter(c -> c.engine().equals("mssql")).iterator();
        while (found.size() < wanted.size() && all.hasNext()) {
            newestOf(all.next(), wanted).forEach(found::putIfAbsent);
        }
        if (found.isEmpty()) {
            throw GdsDatabaseException.user("MSSQL-NO-TARGET")
                    .message(
                            "history: found no active server that a run with SQL Server was about, expected one at least.")
                    .remedy(
                            "name targets in the spec for the first run; runs().activate(server, true) takes one in again.")
                    .build();
        }
        List<Params> targets = found.values().stream().flatMap(List::stream).toList();
        return TargetsFile.read(
                "targets of the history", Params.of(TARGETS, targets).toJson());
    }

    private static Map<String, List<Params>> newestOf(ClusterRef cluster, Set<String> wanted) {
        Map<String, List<Params>> out = new TreeMap<>();
        for (Params target : cluster.spec().objects(TARGETS)) {
            String server = folded(target.string(SERVER));
            if (wanted.contains(server)) {
                out.computeIfAbsent(server, s -> new ArrayList<>()).add(target);
            }
        }
        return out;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
